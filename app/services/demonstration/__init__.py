"""Services of demonstration: a batch walked from commission to archive (演示).

Walks by the acts and rights of the product alone: what a demonstration can do, its people can.
"""
