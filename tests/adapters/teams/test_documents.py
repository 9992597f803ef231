"""A document goes to where Microsoft keeps a person's files, once they agreed, and nowhere else."""

from __future__ import annotations

import asyncio
import re
import zipfile
from io import BytesIO

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.teams import files
from adapters.teams.in_time import TEAMS
from bot import wording_controls
from tests.adapters.filtered import FILTERS, filtered

from .house import House
from .microsoft import Shown
from .person import CHAT, STORE

UPLOAD = f"https://{STORE}/personal/sam/_api/v2.0/drive/items/01/uploadSession?guid='1'&tempauth=x"
TO_A_DOCUMENT = ("menu", "2", "no", "ok", "no", "no", "yes", "document")
CONSENT = "application/vnd.microsoft.teams.card.file.consent"


class Store:
    """A stand-in of where Microsoft keeps a person's files: it takes a whole file from whoever has the address."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []
        self.refuses = 0
        self.spoils = ""
        self.is_gone = self.hangs = False

    def app(self) -> Starlette:
        """Its one address."""
        return Starlette(
            routes=[Route("/personal/sam/_api/v2.0/drive/items/01/uploadSession", self.put, methods=["PUT"])]
        )

    async def put(self, request: Request) -> Response:
        """Take a file."""
        content = await request.body()
        if self.is_gone:
            raise httpx.ConnectError("no such name")
        if self.hangs:
            await asyncio.Event().wait()
        if (answered := filtered(self.spoils)) is not None:
            return answered
        told = re.fullmatch(r"bytes 0-(\d+)/(\d+)", request.headers.get("content-range", ""))
        if self.refuses:
            return JSONResponse({"error": {"code": "serviceNotAvailable"}}, self.refuses)
        if told is None or (int(told[1]) + 1, int(told[2])) != (len(content), len(content)):
            return JSONResponse({"error": {"code": "invalidRange"}}, 416)
        if "authorization" in request.headers or request.url.query != UPLOAD.partition("?")[2]:
            return JSONResponse({"error": {"code": "unauthenticated"}}, 401)
        self.kept.append(content)
        return JSONResponse({"id": "01", "size": len(content)}, 201)


@pytest.fixture
def store(house: House) -> Store:
    """The store, at its own name: the bot's client finds it in this process."""
    store = Store()
    to_store = httpx.ASGITransport(store.app())
    # Where a client finds a host is said when it is made, and the bot makes its own.
    house.here._http._mounts = httpx.AsyncClient(mounts={f"https://{STORE}": to_store})._mounts
    return store


async def offered(house: House) -> list[Shown]:
    """The files that are offered after a decision."""
    for words in TO_A_DOCUMENT:
        await house.say(words)
    return [one for one in house.api.said_in(CHAT) if one.message["attachments"][0]["contentType"] == CONSENT]


async def test_a_decisions_document_is_saved_once_when_agreed_to_and_then_shown(house, store):
    shown = await offered(house)
    names = [one.message["attachments"][0]["name"] for one in shown]
    assert [name.rpartition(".")[2] for name in names] == ["docx", "html", "txt"]
    agreed = house.person().consenting(shown[0], UPLOAD)
    for _ in range(2):
        assert (await house.bring(agreed)).status_code == 200
    (content,) = store.kept
    assert len(content) == shown[0].card["sizeInBytes"]
    assert "word/document.xml" in zipfile.ZipFile(BytesIO(content)).namelist()
    (attachment,) = house.api.said_in(CHAT)[-1].message["attachments"]
    assert (attachment["contentType"], attachment["name"]) == (files.INFO, names[0])
    assert attachment["contentUrl"] == f"https://{STORE}/personal/sam/{names[0]}"
    assert attachment["content"] == {"uniqueId": "1d3f", "fileType": "docx"}


@pytest.mark.parametrize("spoils", FILTERS)
async def test_a_document_that_a_filter_took_is_not_said_to_be_saved_and_is_offered_again(house, store, spoils):
    shown = await offered(house)
    store.spoils = spoils
    again = await agreed_in_vain(house, shown[0], wording_controls.FILE_PERHAPS_NOT_SAVED)
    store.spoils = ""
    assert (await house.bring(house.person().consenting(again, UPLOAD))).status_code == 200
    assert len(store.kept) == 1


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ({"is_gone": True}, wording_controls.FILE_NOT_SAVED),
        ({"refuses": 503}, wording_controls.FILE_NOT_SAVED),
        ({"refuses": 500}, wording_controls.FILE_PERHAPS_NOT_SAVED),
        ({"hangs": True}, wording_controls.FILE_PERHAPS_NOT_SAVED),
    ],
    ids=["out of reach", "busy", "failing", "silent"],
)
async def test_where_the_store_fails_teams_is_answered_and_the_person_is_told_and_offered_it_again(
    house, store, monkeypatch, trouble, words
):
    shown = await offered(house)
    monkeypatch.setattr(TEAMS, "seconds", 1.0)
    vars(store).update(trouble)
    again = await agreed_in_vain(house, shown[0], words)
    vars(store).update(is_gone=False, refuses=0, hangs=False)
    assert (await house.bring(house.person().consenting(again, UPLOAD))).status_code == 200
    assert len(store.kept) == 1
    assert house.api.said_in(CHAT)[-1].message["attachments"][0]["contentType"] == files.INFO


async def agreed_in_vain(house: House, shown: Shown, words: str) -> Shown:
    """Somebody agrees to take a document, twice brought, and is told once why it did not go; the offer of it anew."""
    before, agreed = len(house.api.sent), house.person().consenting(shown, UPLOAD)
    for _ in range(2):
        answer = await house.bring(agreed)
        assert (answer.status_code, answer.json()) == (200, {})
    said = house.api.sent[before:]
    assert [words in one.read() for one in said].count(True) == 1
    (again,) = [one for one in said if one.message["attachments"][0]["contentType"] == CONSENT]
    assert again.message["attachments"][0]["name"] == shown.message["attachments"][0]["name"]
    return again


async def test_a_document_that_is_not_wanted_goes_nowhere(house, store):
    shown = await offered(house)
    declined = house.person().consenting(shown[0], UPLOAD, agrees=False)
    for _ in range(2):
        assert (await house.bring(declined)).status_code == 200
    assert store.kept == []
    assert house.api.said_in(CHAT)[-1].read().strip() == wording_controls.FILE_DECLINED
    assert [one.read().strip() for one in house.api.sent].count(wording_controls.FILE_DECLINED) == 1


async def test_an_answer_elsewhere_that_happens_to_have_the_same_id_is_another(house, store):
    shown = await offered(house)
    agreed = house.person().consenting(shown[0], UPLOAD)
    elsewhere = house.person("29:other", "a:1other").consenting(shown[0], UPLOAD, agrees=False)
    assert (await house.bring({**elsewhere, "id": agreed["id"]})).status_code == 200
    assert (await house.bring(agreed)).status_code == 200
    assert len(store.kept) == 1


async def test_a_document_is_put_nowhere_but_where_microsoft_keeps_files(house, store):
    shown = await offered(house)
    agreed = house.person().consenting(shown[0], f"{house.api.url}/upload")
    assert (await house.bring(agreed)).status_code == 200
    assert wording_controls.NOT_FETCHED in house.api.said_in(CHAT)[-1].read()


async def test_another_persons_document_is_not_had_by_its_name(house, store):
    shown = await offered(house)
    other = house.person("29:other", "a:1other")
    assert (await house.bring(other.consenting(shown[0], UPLOAD))).status_code == 200
    assert store.kept == []
    assert wording_controls.NOT_FETCHED in house.api.said_in("a:1other")[-1].read()


async def test_teams_is_not_kept_waiting_where_it_wants_less_and_shows_the_document_when_it_asks_again(house, store):
    shown = await offered(house)
    agreed = house.person().consenting(shown[0], UPLOAD)
    house.api.once = [(429, {"Retry-After": "12"})]
    assert (await house.bring(agreed)).status_code == 503
    assert (await house.bring(agreed)).status_code == 200
    (attachment,) = house.api.said_in(CHAT)[-1].message["attachments"]
    assert attachment["contentType"] == files.INFO


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
