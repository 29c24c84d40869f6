"""A real browser for the tests of the client: Debian's Chromium, driven by an MCP server from npm.

`server()` gives what the client's --mcp-config wants, or the reason why there is none.
"""
import os
import shutil
import subprocess

PACKAGE = "@playwright/mcp@0.0.83"  # drives Debian's Chromium 156


def chromium():
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


def server(folder):
    """(configuration, None) or (None, reason). `folder`: where the package is kept from one run to the next."""
    program = chromium()
    if program is None:
        return None, "chromium-headless-shell is not installed"
    main = os.path.join(folder, "node_modules", "@playwright", "mcp", "cli.js")
    if not os.path.exists(main):
        if shutil.which("npm") is None:
            return None, "npm is not installed"
        os.makedirs(folder, exist_ok=True)
        done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--prefix", folder, PACKAGE],
                              capture_output=True, text=True, timeout=180, check=False)
        if done.returncode != 0 or not os.path.exists(main):
            return None, f"npm cannot fetch {PACKAGE}"
    arguments = [main, "--headless", "--isolated", "--no-sandbox", "--executable-path", program]
    return {"mcpServers": {"playwright": {"command": shutil.which("node"), "args": arguments}}}, None
