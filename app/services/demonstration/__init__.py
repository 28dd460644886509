"""Services of demonstration: a batch walked from commission to archive (演示)."""
