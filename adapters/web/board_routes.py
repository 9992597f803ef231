"""The board's addresses, put together."""

from __future__ import annotations

from starlette.routing import BaseRoute

from adapters.web.board import Board
from adapters.web.board_calendar import BoardCalendar
from adapters.web.board_case import BoardCase
from adapters.web.board_office import Office
from adapters.web.board_open import BoardOpen
from adapters.web.board_records import BoardRecords
from adapters.web.board_stream import BoardStream
from adapters.web.door import Door
from bot.exchange import Exchange


def board_routes(exchange: Exchange, door: Door) -> list[BaseRoute]:
    """Every page of the board, each for those whose it is."""
    office = Office(exchange, door)
    pages = (Board, BoardCase, BoardOpen, BoardCalendar, BoardRecords, BoardStream)
    return [one for page in pages for one in page(office).routes()]
