"""A document goes to where Microsoft keeps a person's files, once they agreed, and nowhere else."""

from __future__ import annotations

import pytest

from adapters.teams import files, wording_teams

from .person import CHAT


@pytest.mark.parametrize("action", ["accept", "decline"])
async def test_a_document_is_put_nowhere_but_where_microsoft_keeps_files(house, action):
    await house.say("menu")
    value = {
        "type": "fileUpload",
        "action": action,
        "context": {"key": "R-7K3M2Q-1.docx", "name": "decision.docx"},
        "uploadInfo": {"uploadUrl": f"{house.api.url}/upload", "contentUrl": "", "uniqueId": "1", "fileType": "docx"},
    }
    assert (await house.bring(house.person().invoke("fileConsent/invoke", value))).status_code == 200
    words = wording_teams.NOT_FETCHED if action == "accept" else wording_teams.FILE_DECLINED
    assert words in house.api.said_in(CHAT)[-1].read()


@pytest.mark.parametrize(
    ("url", "is_store"),
    [
        ("https://example.sharepoint.com/personal/x/upload", True),
        ("http://example.sharepoint.com/x", False),
        ("https://sharepoint.com.example.org/x", False),
        ("https://x@127.0.0.1/.sharepoint.com", False),
    ],
)
def test_what_is_taken_for_a_store_of_microsofts(url, is_store):
    assert files.is_store(url) is is_store
