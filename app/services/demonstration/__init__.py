"""Services of demonstration: a batch walked from commission to archive (演示).

A walk uses only the product's own services and permissions, so its users can do the same.
"""
