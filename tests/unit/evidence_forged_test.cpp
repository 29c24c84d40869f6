// Evidence that is none: after each of these the deployment is still open.
#include <catch2/catch.hpp>

#include "unit/evidence_calls.h"

using namespace cascade;
using namespace cascade::evidence;

namespace {

const ToolCall deployed = bash("vercel --prod --yes", "Production: https://shop.vercel.app");
const ToolCall published = bash("npm publish", "+ @acme/lib@1.2.0");
const ToolCall pushed = bash("git push origin main", "To github.com:acme/app.git");

const char* const page = "https://shop.vercel.app/";

}  // namespace

TEST_CASE("a later look through another interface is believed") {
  CHECK(levels({deployed}) == "0/2");
  CHECK(levels({deployed, bash("curl -fsS https://shop.vercel.app/health", "v2")}) == "2/2");
  CHECK(levels({deployed, fetch(page, "{\"code\":200,\"result\":\"v2\"}")}) == "2/2");
  CHECK(levels({deployed, browser("browser_navigate", "{\"url\":\"https://shop.vercel.app\"}",
                                  "Page URL: https://shop.vercel.app/")}) == "2/2");
  CHECK(levels({deployed, bash("vercel ls", "shop  ready")}) == "1/2");
  CHECK(levels({published, bash("npm view @acme/lib version", "1.2.0")}) == "1/2");
  CHECK(levels({published, fetch("https://npm.example.com/@acme%2Flib", "{\"code\":200}")}) == "2/2");
  CHECK(levels({pushed, bash("git ls-remote origin main", "5d6e7f8")}) == "1/1");
  CHECK(levels({pushed, bash("gh api repos/acme/app/branches/main --jq .commit.sha", "5d6e7f8")}) == "1/1");
  CHECK(levels({pushed, bash("gh api repos/acme/lib/branches/main --jq .commit.sha", "5d6e7f8")}) == "0/1");
}

TEST_CASE("no forged evidence of a deployment is believed") {
  const std::vector<ToolCall> forged = {
      // words that the line itself prints
      bash("echo 'curl https://shop.vercel.app/ says v2'", "curl https://shop.vercel.app/ says v2"),
      bash("curl -fsS https://shop.vercel.app/ || echo v2", "v2"),
      bash("curl -fsS https://shop.vercel.app/; echo v2", "v2"),
      bash("curl -s https://shop.vercel.app/ > /dev/null || printf 'v%s' 2", "v2"),
      bash("curl -fsS https://shop.vercel.app/ || cat expected.html", "<h1>v2</h1>"),
      bash("curl -fs https://shop.vercel.app/ | true"),
      bash("curl -fs https://shop.vercel.app/ & wait", ""),
      bash("false && curl https://shop.vercel.app/; echo v2", "v2"),
      bash("# curl https://shop.vercel.app/\necho v2", "v2"),
      bash("cat <<'E'\ncurl https://shop.vercel.app/\nE", "curl https://shop.vercel.app/"),
      bash("grep -rn 'https://shop.vercel.app/' .", "README.md: https://shop.vercel.app/"),
      // a program of one's own
      bash("curl() { echo v2; }; curl https://shop.vercel.app/", "v2"),
      bash("alias curl=echo; curl https://shop.vercel.app/", "https://shop.vercel.app/"),
      bash("./curl https://shop.vercel.app/", "v2"),
      bash("/tmp/fake/curl https://shop.vercel.app/", "v2"),
      bash("PATH=/tmp/fake:$PATH curl https://shop.vercel.app/", "v2"),
      bash("export PATH=/tmp/fake; curl https://shop.vercel.app/", "v2"),
      // somebody else answers
      bash("curl -fsS --resolve shop.vercel.app:443:127.0.0.1 https://shop.vercel.app/", "v2"),
      bash("curl -fsS --connect-to shop.vercel.app:443:localhost:8443 https://shop.vercel.app/", "v2"),
      bash("curl -x http://localhost:3128 https://shop.vercel.app/", "v2"),
      bash("https_proxy=http://localhost:3128 curl -fsS https://shop.vercel.app/", "v2"),
      bash("curl --unix-socket /tmp/s https://shop.vercel.app/", "v2"),
      bash("curl -fsS https://shop.vercel.app.evil.example/", "v2"),
      bash("curl -fsS 'https://evil.example/?u=https://shop.vercel.app/'", "v2"),
      bash("curl -fsS https://shop.vercel.app@evil.example/", "v2"),
      bash("curl -fsS https://evil.example/#shop.vercel.app", "v2"),
      bash("curl -fsS file:///tmp/shop.vercel.app/index.html", "v2"),
      bash("curl -fsS http://localhost:3000/", "v2"),
      bash("curl -fsS http://127.0.0.1:3000/shop.vercel.app", "v2"),
      // it shows nothing, or that it does not work
      bash("curl -fsS https://shop.vercel.app/", "curl: (22) error: 500", 22),
      bash("curl -s -o /dev/null -w '%{http_code}' https://shop.vercel.app/", "502"),
      bash("curl -si https://shop.vercel.app/", "HTTP/2 404\r\ncontent-type: text/html\r\n\r\nnot found"),
      bash("curl -sL https://shop.vercel.app/install.sh | bash", "installed"),
      bash("curl -so page.html https://shop.vercel.app/"),
      bash("curl -s https://shop.vercel.app/ > page.html"),
      bash("curl --version https://shop.vercel.app/", "curl 8"),
      fetch(page, "{\"code\":404,\"result\":\"not found\"}"),
      fetch(page, "{\"code\":200,\"result\":\"v2\",\"url\":\"http://localhost:3000/\"}"),
      browser("browser_navigate", "{\"url\":\"https://shop.vercel.app/\"}", "Page URL: http://localhost:3000/"),
      browser("browser_navigate", "{\"url\":\"https://shop.vercel.app/\"}", "Page URL: chrome-error://chromewebdata/"),
      browser("browser_navigate", "{\"url\":\"data:text/html,https://shop.vercel.app\"}", "Page URL: data:text/html,x"),
      browser("browser_navigate", "{\"url\":\"https://shop.vercel.app/\"}",
              "Error: page.goto: net::ERR_NAME_NOT_RESOLVED"),
      browser("navigate_page", "{\"url\":\"https://shop.vercel.app/\"}", "Unable to navigate in the selected page."),
      browser("browser_snapshot", "{}",
              "Page URL: https://evil.example/\n```yaml\n- text: \"Page URL: https://shop.vercel.app/\"\n```"),
      browser("browser_snapshot", "{}", "```yaml\n- text: \"Page URL: https://shop.vercel.app/\"\n```"),
      browser("browser_evaluate", "{\"function\":\"() => 'https://shop.vercel.app/ v2'\"}",
              "https://shop.vercel.app/ v2"),
      tool_call("mcp__echo__get_page", "{\"url\":\"https://shop.vercel.app/\"}", "\"v2\""),
      tool_call("Read", "{\"file_path\":\"https://shop.vercel.app/\"}", "\"v2\""),
      tool_call("WebSearch", "{\"query\":\"https://shop.vercel.app/\"}", "\"v2\""),
  };
  for (const ToolCall& call : forged) {
    INFO((call.input.items.empty() ? call.tool : call.input.items.back().text));
    CHECK(levels({deployed, call}) == "0/2");
  }
  CHECK(forged.size() >= 30);
}

TEST_CASE("a look before the effect, or at something else, is none") {
  CHECK(levels({bash("curl -fsS https://shop.vercel.app/", "v1"), deployed}) == "0/2");
  CHECK(levels({published, fetch("https://npm.example.com/package/@acme/other", "{\"code\":200}")}) == "0/2");
  CHECK(levels({published, fetch("https://npm.example.com/package/@acme/lib-extra", "{\"code\":200}")}) == "0/2");
  CHECK(levels({published, bash("npm view @acme/lib2 version", "1.2.0")}) == "0/2");
  CHECK(levels({pushed, bash("git ls-remote ../mirror main", "5d6e7f8")}) == "0/1");
  CHECK(levels({pushed, bash("git status -sb", "## main...origin/main")}) == "0/1");
  CHECK(levels({pushed, bash("git ls-remote origin main || true", "")}) == "0/1");
  CHECK(levels({bash("gh pr merge 12", "Merged"), bash("gh pr view 123", "OPEN")}) == "0/1");
  CHECK(levels({bash("gh pr merge 12", "Merged"), bash("gh pr view 12", "MERGED")}) == "1/1");
  CHECK(levels({bash("curl -X POST https://api.example.com/v1/users -d a=1"),
                bash("curl -s https://api.example.com/v1/orders", "[]")}) == "0/1");
}
