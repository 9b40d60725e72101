"""The one router of the API: two methods of one address have to be on the same."""

from ninja import Router

router = Router()
READING, SENDING = ["Reading"], ["With a token"]
