// init --mcp on the files in which every client keeps its MCP servers: what stood there stays to the byte, and comes
// back.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "client/dialect.h"
#include "init/installation.h"
#include "scratch_folder.h"
#include "syntax/json.h"
#include "syntax/toml.h"

using namespace cascade;
using namespace cascade::init;

namespace {

namespace fs = std::filesystem;

constexpr const char* program = "/opt/bin/cascade";

struct Place {
  test::ScratchFolder scratch;
  const client::ServerSettings& servers;
  fs::path file;

  explicit Place(const client::Dialect& client)
      : servers(client.servers), file(fs::path(scratch.path) / std::string(client.servers.user_file)) {
    fs::create_directories(file.parent_path());
  }
  bool is_toml() const { return servers.form == client::ServerForm::toml; }
  void write(const std::string& text) const { std::ofstream(file, std::ios::binary) << text; }
  std::optional<std::string> read() const {
    if (!fs::exists(file)) return std::nullopt;
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  std::string served() const { return served_program(read().value_or(""), servers); }
  std::string install(const std::string& binary = program) const {
    return finish(plan_server_installation(files::DiskTree(), file.string(), binary, servers));
  }
  std::string remove() const { return finish(plan_server_removal(files::DiskTree(), file.string(), servers)); }
  bool has_backup() const { return fs::exists(file.string() + ".cascade-mcp-backup"); }

 private:
  static std::string finish(const Result<Plan>& plan) {
    if (!plan) return plan.error().message;
    const auto done = carry_out(*plan);
    return done ? "" : done.error().message;
  }
};

std::vector<std::string> files_of(const client::Dialect& client) {
  if (client.servers.form == client::ServerForm::toml)
    return {"",
            "model = \"m\"",
            "model = \"m\"\n",
            "model = \"m\"\r\n[mcp_servers.other]\r\ncommand = \"x\"\r\n",
            "[mcp_servers.other]\ncommand = \"x\"\nargs = [\n  \"a\",\n  \"[b]\",\n]\n\n# the end\n\n\n",
            "\xEF\xBB\xBF[a]\nb = 1\n",
            "[[hooks]]\nx = \"\"\"\n[not.a.table]\n\"\"\"\n"};
  const std::string key(client.servers.key);
  return {"",
          "{}",
          "{}\n",
          "{ }",
          "{\n}",
          "\n {\"a\": 1} \n\n",
          "{\r\n  \"model\": \"x\",\r\n  \"" + key + "\": {}\r\n}\r\n",
          "\xEF\xBB\xBF{\n\t\"version\": 1\n}",
          "{\"" + key + "\": {\"other\": {\"command\": \"x\", \"args\": [\"mcp\"]}}}",
          "{\n    \"" + key +
              "\": {\n        \"other\": {\n            \"url\": \"u\"\n        }\n    },\n    \"last\": null\n}"};
}

}  // namespace

TEST_CASE("a client's list of servers comes back to the byte, in every client") {
  for (const client::Dialect* client : client::dialects())
    for (const std::string& text : files_of(*client)) {
      INFO(client->name << ": " << text);
      const Place place(*client);
      place.write(text);
      REQUIRE(place.install() == "");
      CHECK(place.served() == program);
      const std::string installed = *place.read();
      CHECK(installed != text);
      REQUIRE(place.install() == "");
      CHECK(*place.read() == installed);
      REQUIRE(place.install("/opt/new/cascade") == "");  // the program was moved
      CHECK(place.served() == "/opt/new/cascade");
      REQUIRE(place.remove() == "");
      CHECK(place.read() == text);
      CHECK_FALSE(place.has_backup());
    }
}

TEST_CASE("what came into a list of servers meanwhile stays when ours goes") {
  for (const client::Dialect* client : client::dialects()) {
    INFO(client->name);
    const Place place(*client);
    REQUIRE(place.install() == "");
    const std::string more = place.is_toml() ? "\n[mcp_servers.other]\ncommand = \"y\"\n" : "";
    std::string text = *place.read() + more;
    if (!place.is_toml()) {
      const std::string open = "\"" + std::string(client->servers.key) + "\": {";
      text.insert(text.find(open) + open.size(), "\"other\": {\"command\": \"y\"},");
    }
    place.write(text);
    REQUIRE(place.remove() == "");
    CHECK(place.served().empty());
    CHECK(place.read()->find("other") != std::string::npos);
    CHECK(place.read()->find("cascade") == std::string::npos);
    CHECK((place.is_toml() ? syntax::read_toml(*place.read()).parsed.faults.empty()
                           : syntax::parse_json(*place.read()).faults.empty()));
  }
}

TEST_CASE("where there was no list of servers there is none again") {
  for (const client::Dialect* client : client::dialects()) {
    INFO(client->name);
    const Place place(*client);
    REQUIRE(place.install() == "");
    CHECK(place.served() == program);
    REQUIRE(place.remove() == "");
    CHECK(place.read() == std::nullopt);
    CHECK(place.remove() == "");
  }
}

TEST_CASE("what a client or its user added to our server goes with it, and stays when the program moves") {
  const Place codex(client::codex);
  codex.write(
      "a = 1\n\n[mcp_servers.cascade]\ncommand = \"/old/cascade\"\nargs = [\"mcp\"]\nstartup_timeout_sec = 20\n\n"
      "[mcp_servers.cascade.tools.load]\napproval_mode = \"approve\"\n\n# of the next\n[b]\nc = 2\n");
  REQUIRE(codex.install() == "");
  CHECK(codex.served() == program);
  CHECK(codex.read()->find("startup_timeout_sec = 20") != std::string::npos);
  REQUIRE(codex.remove() == "");
  CHECK(codex.read() == "a = 1\n\n# of the next\n[b]\nc = 2\n");
}

TEST_CASE("a server of our name that is somebody else's, and what cannot be read, are left alone") {
  for (const client::Dialect* client : client::dialects()) {
    const std::string key(client->servers.key);
    const bool is_toml = client->servers.form == client::ServerForm::toml;
    const std::vector<std::string> texts =
        is_toml ? std::vector<std::string>{"[mcp_servers.cascade]\ncommand = \"other\"\nargs = [\"mcp\"]\n",
                                           "mcp_servers = { other = { command = \"x\" } }\n", "a = \n[\n"}
                : std::vector<std::string>{
                      "{\"" + key + "\": {\"cascade\": {\"command\": \"waterfall\", \"args\": [\"mcp\"]}}}",
                      "{\"" + key + "\": {\"cascade\": {\"url\": \"http://x\"}}}", "{\"" + key + "\": []}", "[]",
                      "{\"a\": 1,,}"};
    for (const std::string& text : texts) {
      INFO(client->name << ": " << text);
      const Place place(*client);
      place.write(text);
      CHECK(place.install() != "");
      CHECK(place.read() == text);
      place.remove();
      CHECK(place.read() == text);
      CHECK_FALSE(place.has_backup());
    }
  }
}

TEST_CASE("comments stay in the lists of clients that take them") {
  for (const client::Dialect* client : client::dialects()) {
    if (!client->servers.comments) continue;
    INFO(client->name);
    const Place place(*client);
    const std::string text = "// mine\n{\n  \"a\": 1 /* \"mcp\": { */\n}\n";
    place.write(text);
    REQUIRE(place.install() == "");
    CHECK(place.served() == program);
    REQUIRE(place.remove() == "");
    CHECK(place.read() == text);
  }
}

TEST_CASE("no entry that init writes grants trust") {
  for (const client::Dialect* client : client::dialects()) {
    INFO(client->name);
    const Place place(*client);
    REQUIRE(place.install() == "");
    for (const char* word : {"trust", "approv", "allow", "autoApprove", "permission"})
      CHECK(place.read()->find(word) == std::string::npos);
  }
}
