"""What the server is measured against: each a program of its own that answers POST /predict."""
