"""LitServe with the same LiteRT model.

python -m benchmarks.servers.peer PORT FOLDER_OF_THE_VERSION SETTING
"""

import json
import sys
from pathlib import Path

import litserve
import numpy as np

from autorev_lib.litert import LiteRTModel


class Digits(litserve.LitAPI):
    def __init__(self, path, **batching):
        super().__init__(**batching)
        self.path = path

    def setup(self, device):
        self.model = LiteRTModel(self.path)

    def decode_request(self, request):
        return np.array(request["instances"], np.float32)

    def batch(self, inputs):
        return np.concatenate(inputs)

    def predict(self, x):
        return self.model.predict(x)

    def unbatch(self, outputs):
        return outputs[:, None]

    def encode_response(self, outputs):
        return {"predictions": outputs.tolist()}


if __name__ == "__main__":
    port, folder, setting = sys.argv[1:]
    setting = json.loads(setting)
    batching = {key: setting.pop(key) for key in ("max_batch_size", "batch_timeout") if key in setting}
    api = Digits(Path(folder, "model.tflite"), **batching)
    litserve.LitServer(api, accelerator="cpu", devices=1, **setting).run(
        "127.0.0.1", int(port), log_level="warning", generate_client_file=False
    )
