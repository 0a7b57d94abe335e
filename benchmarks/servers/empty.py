"""The floor: FastAPI on uvicorn, set as ours is, reads the body and answers the same bytes each time.

python -m benchmarks.servers.empty PORT ANSWER
"""

import gc
import sys

import uvicorn
from fastapi import FastAPI, Request, Response

app = FastAPI()


@app.post("/predict")
async def predict(request: Request):
    await request.body()
    return Response(answer, media_type="application/json")


if __name__ == "__main__":
    port, answer = sys.argv[1:]
    gc.freeze()
    uvicorn.run(
        app,
        port=int(port),
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        ws="none",
    )
