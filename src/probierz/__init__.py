"""The platform on which quality contests for public services are run."""
