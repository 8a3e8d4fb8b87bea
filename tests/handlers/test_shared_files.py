"""The bot's token goes to Slack's own hosts and nowhere else."""

import pytest

from handlers.shared_files import is_of_slack

SLACK = "https://slack.com/api/"


@pytest.mark.parametrize(
    ("url", "base_url"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/iran.md", SLACK),
        ("https://slack.com/files-pri/T1-F1/download/iran.md", SLACK),
        ("https://files.slack.com/files-pri/T1-F1/download/iran.md", "https://www.slack.com/api/"),
        ("https://files.slack-gov.com/files-pri/T1-F1/download/iran.md", "https://slack-gov.com/api/"),
        ("http://127.0.0.1:8321/files-pri/T1-F1/download/iran.md", "http://127.0.0.1:8321/api/"),
    ],
)
def test_files_are_asked_of_the_host_of_the_web_api_and_its_parts(url: str, base_url: str) -> None:
    assert is_of_slack(url, base_url)


@pytest.mark.parametrize(
    ("url", "base_url"),
    [
        ("https://files.slack.com.evil.example/iran.md", SLACK),
        ("https://evilslack.com/iran.md", SLACK),
        ("https://evil.example/?https://files.slack.com/iran.md", SLACK),
        ("https://files.slack.com@evil.example/iran.md", SLACK),
        ("http://files.slack.com/iran.md", SLACK),
        ("https://files.slack.com:8443/iran.md", SLACK),
        ("https://files.slack.com:x/iran.md", SLACK),
        ("//files.slack.com/iran.md", SLACK),
        ("", SLACK),
        ("http://127.0.0.1:8322/iran.md", "http://127.0.0.1:8321/api/"),
        ("http://localhost:8321/iran.md", "http://localhost.example:8321/api/"),
        ("http://a.localhost:8321/iran.md", "http://localhost:8321/api/"),
    ],
)
def test_no_other_host_is_asked(url: str, base_url: str) -> None:
    assert not is_of_slack(url, base_url)
