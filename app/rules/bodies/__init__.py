"""Rules of evaluation bodies: their scope, sites and the people who judge (评价机构)."""
