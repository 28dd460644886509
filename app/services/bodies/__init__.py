"""Services of evaluation bodies: their people and their places (评价机构)."""
