"""Answers that students might give, right and wrong, beside those that the exercises know."""
