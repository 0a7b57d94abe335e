"""Keras behind FastAPI as tutorials write it: `model.predict` for each request, nothing logged.

python -m benchmarks.servers.naive PORT FOLDER_OF_THE_VERSION
"""

import sys
from pathlib import Path

import keras
import numpy as np
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Images(BaseModel):
    instances: list[list[list[float]]]


@app.post("/predict")
async def predict(images: Images):
    return {"predictions": model.predict(np.array(images.instances), verbose=0).tolist()}


if __name__ == "__main__":
    port, folder = sys.argv[1:]
    model = keras.models.load_model(Path(folder, "model.keras"), compile=False, safe_mode=True)
    uvicorn.run(app, port=int(port), log_level="warning")
