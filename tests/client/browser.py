"""A real browser for the tests of the client: Debian's Chromium, driven by an MCP server from npm.

`server()` gives what the client's --mcp-config wants, or the reason why there is none.
"""
import os
import shutil
import subprocess

# Each drives Debian's Chromium 156: its package, its program, how it is told of the browser and of a proxy.
PLAYWRIGHT = ("@playwright/mcp@0.0.83", "@playwright/mcp/cli.js",
              ["--headless", "--isolated", "--no-sandbox", "--executable-path", "{program}"], ["--proxy-server", "{proxy}"])
DEVTOOLS = ("chrome-devtools-mcp@1.11.0", "chrome-devtools-mcp/build/src/bin/chrome-devtools-mcp.js",
            ["--headless", "--isolated", "--no-usage-statistics", "--chromeArg=--no-sandbox", "--executablePath", "{program}"],
            ["--proxyServer", "{proxy}"])
FETCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scripts", "fetch")


def chromium():
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


def server(folder, name="playwright", proxy=None):
    """(configuration, None) or (None, reason). `folder`: where the packages are kept from one run to the next. `name`: the
    server's, playwright or chrome-devtools. `proxy`: the address that the browser asks for every page."""
    program = chromium()
    if program is None:
        return None, "chromium-headless-shell is not installed"
    package, main, arguments, through = PLAYWRIGHT if name == "playwright" else DEVTOOLS
    done = subprocess.run([FETCH, os.path.join(folder, name), package], capture_output=True, text=True, timeout=240, check=False)
    if done.returncode != 0:
        return None, done.stderr.strip()
    main = os.path.join(folder, name, "node_modules", main)
    words = [main] + [word.format(program=program, proxy=proxy) for word in arguments + (through if proxy else [])]
    return {"mcpServers": {name: {"command": shutil.which("node"), "args": words}}}, None
