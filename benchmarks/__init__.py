"""Side-by-side measurements; what they last found is in results/."""
