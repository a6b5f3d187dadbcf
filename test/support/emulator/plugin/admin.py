"""Switches of the emulator that AWS does not have, for tests alone: `POST /_ministack/<name>?<parameter>=<value>`."""

import ministack.app

from .private_names import replace

# name -> what takes the query's values, a list a name
routes = {}


def _with_routes(handle):
    async def handle_admin(path, method, query_params):
        route = routes.get(path.removeprefix("/_ministack/")) if method == "POST" else None
        if route is None:
            return await handle(path, method, query_params)
        route({name: values[0] for name, values in query_params.items()})
        return 200, {}, b""
    return handle_admin


def install():
    replace(ministack.app, "_handle_admin_reset", _with_routes)
