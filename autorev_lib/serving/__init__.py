"""The deployment part: what runs in the server, without Keras or TensorFlow."""
