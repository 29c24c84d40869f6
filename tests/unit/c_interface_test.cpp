// The C interface as its caller meets it: requests in, codes and documents out, whatever the arguments are.
#include <cascade/cascade.h>

#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "unit/library_folder.h"
#include "unit/seeded_random.h"

namespace {

// A folder with one skill, its agent and their command.
class Library : public cascade::test::LibraryFolder {
 public:
  Library()
      : LibraryFolder{
            {"skills/review/SKILL.md",
             "---\nname: review\ndescription: Reviews a change. Use when a branch is ready to merge.\nmetadata:\n"
             "  cascade-agents: linter\n---\n\nRead the tests before the code.\n\n## Steps\n\nAsk the linter "
             "agent.\n"},
            {"agents/linter.md",
             "---\nname: linter\ndescription: Finds style faults. Use when code is new.\ntools: Read\n---\n\nYou find "
             "faults.\n"}} {}

  std::string options(const std::string& more = "") const {
    return "{\"roots\": [\"" + path() + "\"], \"vocabulary\": \"estimate\"" + more + "}";
  }
};

struct Said {
  cascade_code code;
  std::string text;
};

Said taken(cascade_code code, char* answer) {
  Said said{code, answer == nullptr ? std::string() : answer};
  cascade_free(answer);
  return said;
}

class Opened {
 public:
  explicit Opened(const std::string& options) {
    char* answer = nullptr;
    const cascade_code code = cascade_open(options.c_str(), &workspace_, &answer);
    said_ = taken(code, answer);
  }
  ~Opened() { cascade_close(workspace_); }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;

  const Said& said() const { return said_; }
  cascade_workspace* get() const { return workspace_; }

  using Function = cascade_code (*)(cascade_workspace*, const char*, char**);
  Said call(Function function, const char* request) const {
    char* answer = nullptr;
    const cascade_code code = function(workspace_, request, &answer);
    return taken(code, answer);
  }

 private:
  cascade_workspace* workspace_ = nullptr;
  Said said_{CASCADE_FAULT, ""};
};

const std::vector<Opened::Function> functions = {cascade_route, cascade_resolve, cascade_bundle, cascade_validate};

bool begins(const std::string& text, const std::string& schema) {
  return text.find("{\n  \"schema\": \"" + schema + "\"") == 0;
}

TEST_CASE("a workspace is opened, asked and closed; answers are the documents of the program") {
  const Library library;
  const Opened opened(library.options());
  CHECK(opened.said().code == CASCADE_OK);
  CHECK(begins(opened.said().text, "cascade.index/1"));

  const Said routed = opened.call(cascade_route, "{\"prompt\": \"review my branch before the merge\"}");
  CHECK(routed.code == CASCADE_OK);
  CHECK(routed.text.find("\"id\": \"skill:review\"") != std::string::npos);

  const Said resolved = opened.call(cascade_resolve, "{\"items\": [\"review\"], \"depth\": 1}");
  CHECK(resolved.code == CASCADE_OK);
  CHECK(begins(resolved.text, "cascade.resolve/1"));
  CHECK(resolved.text.find("\"id\": \"agent:linter\"") != std::string::npos);

  const Said bundled = opened.call(cascade_bundle, "{\"items\": [\"skill:review\"], \"budget\": 400}");
  CHECK(bundled.code == CASCADE_OK);
  CHECK(begins(bundled.text, "cascade.bundle/1"));

  const Said validated = opened.call(cascade_validate, "{\"profile\": \"agent-skills\"}");
  CHECK(begins(validated.text, "cascade.validate/1"));
}

TEST_CASE("text and JSON of a bundle hold the same context") {
  const Library library;
  const Opened opened(library.options());
  const Said text = opened.call(cascade_bundle, "{\"items\": [\"review\"], \"format\": \"text\"}");
  CHECK(text.code == CASCADE_OK);
  CHECK(text.text.find("Read the tests before the code.") != std::string::npos);
  const Said json = opened.call(cascade_bundle, "{\"items\": [\"review\"]}");
  CHECK(json.text.find("Read the tests before the code.") != std::string::npos);
}

TEST_CASE("a no is an answer, not an error") {
  const Library library;
  const Opened opened(library.options());
  const Said small = opened.call(cascade_bundle, "{\"items\": [\"review\"], \"budget\": 3}");
  CHECK(small.code == CASCADE_NO);
  CHECK(small.text.find("\"status\": \"infeasible\"") != std::string::npos);
  CHECK(opened.call(cascade_bundle, "{\"prompt\": \"zzzz qqqq\"}").code == CASCADE_NOT_FOUND);
  CHECK(opened.call(cascade_route, "{\"prompt\": \"zzzz qqqq\"}").code == CASCADE_NO);
  library.write("skills/broken/SKILL.md", "---\nname: [\n---\n");
  CHECK(opened.call(cascade_validate, nullptr).code == CASCADE_NO);
}

TEST_CASE("a bundle for a prompt keeps the router's gate, unless the best guess is asked for") {
  const Library library;
  const Opened opened(library.options());
  const std::string prompt = "\"prompt\": \"thanks, the change is fine\"";
  const Said silent = opened.call(cascade_bundle, ("{" + prompt + "}").c_str());
  CHECK(silent.code == CASCADE_NOT_FOUND);
  CHECK(silent.text.find("'anyway' takes the best guess, skill:review") != std::string::npos);
  CHECK(opened.call(cascade_bundle, ("{" + prompt + ", \"gated\": true}").c_str()).code == CASCADE_NOT_FOUND);
  CHECK(opened.call(cascade_bundle, ("{" + prompt + ", \"anyway\": true}").c_str()).code == CASCADE_OK);
  CHECK(opened.call(cascade_bundle, ("{" + prompt + ", \"anyway\": true, \"gated\": true}").c_str()).code ==
        CASCADE_MISUSE);
}

TEST_CASE("what the conversation holds already is left out") {
  const Library library;
  const Opened opened(library.options());
  const Said all = opened.call(cascade_bundle, "{\"items\": [\"review\"]}");
  const std::size_t steps = all.text.find("\"heading\": \"Steps\"");
  const std::size_t at = all.text.find("\"content_hash\": \"", steps) + 17;
  const std::string hash = all.text.substr(at, 16);
  const Said less =
      opened.call(cascade_bundle, ("{\"items\": [\"review\"], \"already_loaded\": [\"" + hash + "\"]}").c_str());
  CHECK(less.code == CASCADE_OK);
  CHECK(less.text.find("\"reason\": \"already_loaded\"") != std::string::npos);
}

TEST_CASE("changed files are seen after a refresh") {
  const Library library;
  const Opened opened(library.options());
  library.write("skills/second/SKILL.md", "---\nname: second\ndescription: Another one.\n---\n\nText.\n");
  CHECK(opened.call(cascade_resolve, "{\"items\": [\"second\"]}").code == CASCADE_NOT_FOUND);
  char* answer = nullptr;
  const cascade_code code = cascade_refresh(opened.get(), &answer);
  CHECK(begins(taken(code, answer).text, "cascade.index/1"));
  CHECK(opened.call(cascade_resolve, "{\"items\": [\"second\"]}").code == CASCADE_OK);
}

TEST_CASE("a file that was changed behind the workspace's back is read anew") {
  const Library library;
  const Opened opened(library.options());
  library.write("skills/review/SKILL.md", "---\nname: review\ndescription: Reviews.\n---\n\nRead nothing at all.\n");
  const Said said = opened.call(cascade_bundle, "{\"items\": [\"review\"], \"format\": \"text\"}");
  CHECK(said.code == CASCADE_OK);
  CHECK(said.text.find("Read nothing at all.") != std::string::npos);
}

TEST_CASE("errors are a code and a message that says what, where and what to do") {
  const Library library;
  const Opened opened(library.options());
  const Said unknown = opened.call(cascade_resolve, "{\"items\": [\"reveiw\"]}");
  CHECK(unknown.code == CASCADE_NOT_FOUND);
  CHECK(unknown.text == "there is no 'reveiw'\nhelp: did you mean skill:review?");
  const Said key = opened.call(cascade_bundle, "{\"items\": [\"review\"], \"bugdet\": 5}");
  CHECK(key.code == CASCADE_MISUSE);
  CHECK(key.text.find("the request has a key 'bugdet' that nothing reads\nhelp: known are items, ") == 0);
  CHECK(opened.call(cascade_bundle, "{\"items\": [\"review\"], \"budget\": -1}").text ==
        "'budget' of the request is to be a whole number from 0 to 4294967295");
  CHECK(opened.call(cascade_bundle, "{\"items\": \"review\"}").code == CASCADE_MISUSE);
  CHECK(opened.call(cascade_bundle, "{\"items\": [\"review\"], \"model\": \"no-such\"}").code == CASCADE_MISUSE);
  const Opened nowhere("{\"roots\": [\"/no/such/folder\"]}");
  CHECK(nowhere.said().code == CASCADE_NOT_FOUND);
  CHECK(nowhere.said().text.find("/no/such/folder: the root does not exist") == 0);
  CHECK(nowhere.get() == nullptr);
}

TEST_CASE("the user's manifests are those of the client's folder that is named") {
  const cascade::test::LibraryFolder user{
      {"home/.claude/skills/tidy/SKILL.md",
       "---\nname: tidy\ndescription: Tidies. Use when it is messy.\n---\n\nTidy up.\n"},
      {"moved/skills/sweep/SKILL.md", "---\nname: sweep\ndescription: Sweeps. Use when it is dusty.\n---\n\nSweep.\n"},
      {"home/.codex/skills/polish/SKILL.md",
       "---\nname: polish\ndescription: Polishes. Use when it is dull.\n---\n\nPolish.\n"}};
  const auto listed = [&user](const std::string& more) {
    const Opened opened("{\"directory\": \"" + user.path() + "\", \"library\": \"\", \"vocabulary\": \"estimate\", " +
                        "\"home\": \"" + user.path() + "/home\"" + more + "}");
    REQUIRE(opened.said().code == CASCADE_OK);
    std::string found;
    for (const char* name : {"tidy", "sweep", "polish"})
      if (opened.call(cascade_resolve, ("{\"items\": [\"" + std::string(name) + "\"]}").c_str()).code == CASCADE_OK)
        found.append(name).append(" ");
    return found;
  };
  CHECK(listed("").find("tidy") == 0);
  CHECK(listed("").find("sweep") == std::string::npos);
  CHECK(listed(", \"client_folder\": \"" + user.path() + "/moved\"").find("sweep") == 0);
  CHECK(listed(", \"client\": \"codex\"").find("polish") != std::string::npos);
  const Opened wrong(R"({"client": "nobody"})");
  CHECK(wrong.said().code == CASCADE_MISUSE);
  CHECK(wrong.said().text.find("one of claude, ") != std::string::npos);
}

TEST_CASE("a table of tokens that is named must be one") {
  const Library library;
  const Opened missing("{\"roots\": [], \"vocabulary\": \"/no/such/table\"}");
  CHECK(missing.said().code == CASCADE_NOT_FOUND);
}

TEST_CASE("requests that are no JSON object are malformed") {
  const Library library;
  const Opened opened(library.options());
  for (const char* request :
       {"", " ", "[]", "3", "null", "{", "{\"items\": [\"review\"]} x", "{\"items\": [\"re\xff\"]}", "\xff\xfe",
        "{\"items\": [\"\\ud800\"]}", "{\"a\": 1, \"a\": 2}"})
    for (const auto function : functions) {
      INFO(request);
      CHECK(opened.call(function, request).code == CASCADE_MALFORMED);
    }
  const std::string deep = "{\"items\": " + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  CHECK(opened.call(cascade_resolve, deep.c_str()).code == CASCADE_MALFORMED);
}

TEST_CASE("null pointers are misuse, and nothing is written through them") {
  const Library library;
  const Opened opened(library.options());
  char* answer = nullptr;
  for (const auto function : functions) {
    CHECK(function(opened.get(), "{}", nullptr) == CASCADE_MISUSE);
    CHECK(taken(function(nullptr, "{}", &answer), answer).code == CASCADE_MISUSE);
  }
  CHECK(cascade_refresh(nullptr, &answer) == CASCADE_MISUSE);
  cascade_free(answer);
  cascade_workspace* workspace = nullptr;
  CHECK(cascade_open("{}", nullptr, &answer) == CASCADE_MISUSE);
  cascade_free(answer);
  CHECK(cascade_open("{}", &workspace, nullptr) == CASCADE_MISUSE);
  CHECK(workspace == nullptr);
  cascade_free(nullptr);
  cascade_close(nullptr);
}

TEST_CASE("no request at all is an empty one") {
  const Library library;
  const Opened opened(library.options());
  CHECK(opened.call(cascade_validate, nullptr).text == opened.call(cascade_validate, "{}").text);
  CHECK(opened.call(cascade_route, nullptr).code == CASCADE_MISUSE);  // there is no prompt
}

TEST_CASE("any bytes as a request give an error or an answer, never a crash") {
  const Library library;
  const Opened opened(library.options());
  const std::string seed = "{\"items\": [\"review\"], \"budget\": 400, \"depth\": 1, \"follow\": \"invoked\"}";
  cascade::test::SeededRandom random{20261120};
  const auto next = [&random] { return random.next(); };
  for (int round = 0; round < 400; ++round) {
    std::string request = seed;
    for (std::uint64_t edits = 1 + next() % 4; edits > 0; --edits) {
      const std::size_t at = next() % request.size();
      if (next() % 3 == 0)
        request.erase(at, 1);
      else
        request[at] = static_cast<char>(1 + next() % 255);
      if (request.empty()) request = "{";
    }
    for (const auto function : {cascade_resolve, cascade_bundle}) {
      const Said said = opened.call(function, request.c_str());
      CHECK(said.code >= CASCADE_OK);
      CHECK(said.code <= CASCADE_MISUSE);
      CHECK_FALSE(said.text.empty());
    }
  }
}

TEST_CASE("several threads may ask one workspace, and get what one thread gets") {
  const Library library;
  const Opened opened(library.options());
  const char* request = "{\"prompt\": \"review my branch before the merge\", \"budget\": 400}";
  const std::string alone = opened.call(cascade_bundle, request).text;
  std::vector<std::string> said(4);
  std::vector<std::thread> threads;
  for (std::string& text : said)
    threads.emplace_back([&] {
      for (int i = 0; i < 5; ++i) text = opened.call(cascade_bundle, request).text;
    });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& text : said) CHECK(text == alone);
}

TEST_CASE("codes have names, others too") {
  CHECK(std::string(cascade_code_name(CASCADE_OK)) == "ok");
  CHECK(std::string(cascade_code_name(CASCADE_FAULT)) == "fault");
  CHECK(std::string(cascade_code_name(1000)) == "unknown");
  CHECK(std::string(cascade_code_name(-1)) == "unknown");
  CHECK(std::string(cascade_version()).find('.') != std::string::npos);
}

}  // namespace
