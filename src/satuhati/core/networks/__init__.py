"""Who exchanges with whom: a network described, its groups, its brokers, its picture."""
