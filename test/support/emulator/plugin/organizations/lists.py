"""Lists of Organizations, page by page."""

from ministack.core.responses import error_response_json
from ministack.services import organizations

from ..pages import WrongToken, page

MOST_ON_A_PAGE = 20


def answer_page(payload, name, items):
    size = int(payload.get("MaxResults") or MOST_ON_A_PAGE)
    if not 1 <= size <= MOST_ON_A_PAGE:
        return error_response_json("InvalidInputException", "You provided a value that does not satisfy: MaxResults from 1 to 20.", 400)
    try:
        some, token = page(items, payload.get("NextToken"), size)
    except WrongToken:
        return error_response_json("InvalidInputException", "You specified an invalid value for nextToken.", 400)
    return organizations._json(200, {name: some, **({"NextToken": token} if token else {})})
