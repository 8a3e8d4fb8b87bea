"""What a run says of itself."""

from tests.chaos.broken import Outcome


def report(outcome: Outcome, database: str) -> str:
    """The seed, what happened, how processes died, and what did not hold."""
    options = outcome.options
    lines = [
        f"seed {options.seed} on {database}: {options.replicas} replicas, {outcome.seconds:.0f} s",
        "  " + ", ".join(f"{name} {count}" for name, count in sorted(outcome.count.items())),
        f"  deaths: {outcome.died} (" + ", ".join(f"{name} {count}" for name, count in outcome.deaths.items()) + ")",
        *(f"  FINDING {finding}" for finding in outcome.findings),
        f"  {len(outcome.findings)} findings",
    ]
    return "\n".join(lines) + "\n"
