import sys
from wsgiref.simple_server import make_server

from shop.app import make_app
from shop.db import init

if __name__ == "__main__":
    path = sys.argv[1] if len(sys.argv) > 1 else "shop.db"
    init(path)
    make_server("", 8080, make_app(path)).serve_forever()
