// init --client on the files of every client: what stood there stays to the byte, and comes back.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "client/dialect.h"
#include "init/installation.h"
#include "scratch_folder.h"
#include "syntax/json.h"
#include "unit/make_link.h"
#include "unit/seeded_random.h"

using namespace cascade;
using namespace cascade::init;

namespace {

namespace fs = std::filesystem;

constexpr const char* program = "/opt/bin/cascade";

struct Place {
  test::ScratchFolder scratch;
  const client::Dialect& client;
  fs::path settings;

  explicit Place(const client::Dialect& given)
      : client(given), settings(fs::path(scratch.path) / std::string(given.settings.user_file)) {
    fs::create_directories(settings.parent_path());
  }
  void write(const std::string& text) const { std::ofstream(settings, std::ios::binary) << text; }
  std::optional<std::string> read() const {
    if (!fs::exists(settings)) return std::nullopt;
    std::ifstream in(settings, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  std::string install(const std::string& binary = program) const {
    const auto plan = plan_installation(files::DiskTree(), settings.string(), binary, client);
    return finish(plan);
  }
  std::string remove(const std::string& binary = program) const {
    const auto plan = plan_removal(files::DiskTree(), settings.string(), binary, client);
    return finish(plan);
  }
  bool has_backup() const { return fs::exists(settings.string() + ".cascade-backup"); }
  std::size_t hooks() const { return hooked_programs(client, read().value_or("")).size(); }

 private:
  static std::string finish(const Result<Plan>& plan) {
    if (!plan) return plan.error().message;
    const auto done = carry_out(*plan);
    return done ? "" : done.error().message;
  }
};

std::vector<const client::Dialect*> clients_with(bool own_file) {
  std::vector<const client::Dialect*> found;
  for (const client::Dialect* client : client::dialects())
    if ((client->settings.form == client::SettingsForm::own_file) == own_file) found.push_back(client);
  return found;
}

// Somebody else's hook for an event of the client's.
std::string foreign(const client::Dialect& client) {
  const std::string event = client.settings.events.empty()
                                ? "Stop"
                                : std::string(client.settings.events[client.settings.events.size - 1].event);
  if (client.settings.form == client::SettingsForm::flat) return "\"" + event + "\": [{\"command\": \"./mine.sh\"}]";
  return "\"" + event + R"(": [{"matcher": "x", "hooks": [{"type": "command", "command": "./mine.sh"}]}])";
}

void check_there_and_back(const client::Dialect& client, const std::string& text) {
  INFO(client.name << ": " << text);
  const Place place(client);
  place.write(text);
  REQUIRE(place.install() == "");
  const std::string installed = *place.read();
  CHECK(installed != text);
  CHECK(place.hooks() > 0);
  REQUIRE(place.install() == "");
  CHECK(*place.read() == installed);
  REQUIRE(place.remove() == "");
  CHECK(place.read() == text);
  CHECK_FALSE(place.has_backup());
}

}  // namespace

TEST_CASE("every client's settings come back to the byte: odd line ends, marks, white space, unknown keys, nothing") {
  for (const client::Dialect* client : clients_with(false))
    for (const std::string& text :
         {std::string(), std::string("{}"), std::string("{ }"), std::string("{\n}"), std::string("\n {\"a\": 1} \n\n"),
          std::string("{\r\n  \"model\": \"x\",\r\n  \"hooks\": {}\r\n}\r\n"),
          std::string("\xEF\xBB\xBF{\n\t\"version\": 1\n}"), std::string("{\"hooks\": {}, \"hooks\": {}}"),
          std::string("{\"unknown\": [1, {\"hooks\": 2}], \"k\\u00e9y\": \"\xF0\x9F\xA6\x93\"}"),
          "{\n    \"hooks\": {\n        " + foreign(*client) + "\n    },\n    \"last\": null\n}"})
      check_there_and_back(*client, text);
}

TEST_CASE("a hundred generated settings of each client come back to the byte") {
  test::SeededRandom random{25};
  const auto blank = [&] {
    constexpr const char* blanks[] = {"", " ", "\n", "\n  ", "\t", "\r\n    ", " \n\n "};
    return std::string(blanks[random.below(7)]);
  };
  for (const client::Dialect* client : clients_with(false))
    for (int round = 0; round < 100; ++round) {
      std::vector<std::string> members;
      for (std::uint32_t i = random.below(4); i > 0; --i)
        members.push_back("\"k" + std::to_string(i) + "\":" + blank() +
                          (random.one_in(2) ? "[" + blank() + "1," + blank() + "{}]" : "\"\\\"\xC3\xA9\\n\""));
      if (random.one_in(2))
        members.push_back("\"hooks\":" + blank() + "{" + blank() + foreign(*client) + blank() + "}");
      if (random.one_in(4)) members.push_back("\"hooks\": {" + blank() + "}");
      random.shuffle(members);
      std::string text = random.one_in(8) ? "\xEF\xBB\xBF" : "";
      text += blank() + "{" + blank();
      for (std::size_t i = 0; i < members.size(); ++i) {
        text += (i > 0 ? "," + blank() : "") + members[i] + blank();
        if (client->settings.comments && random.one_in(2)) text += "// \"a\": {\n" + blank();
        if (client->settings.comments && random.one_in(3)) text += "/* }\xC3\xA9 */" + blank();
      }
      check_there_and_back(*client, text + "}" + blank());
    }
}

TEST_CASE("comments stay where the client takes them, and stop init where it does not") {
  const std::string text = "// mine\n{\n  \"a\": \"// no comment\", /* \"hooks\": { */\n  \"b\": 2 // last\n}\n";
  for (const client::Dialect* client : clients_with(false)) {
    INFO(client->name);
    const Place place(*client);
    place.write(text);
    if (!client->settings.comments) {
      CHECK(place.install() != "");
      CHECK(place.read() == text);
      continue;
    }
    CHECK(place.install() == "");
    const std::string installed = *place.read();
    for (const char* kept : {"// mine", "\"// no comment\"", "/* \"hooks\": { */", "// last"})
      CHECK(installed.find(kept) != std::string::npos);
    CHECK(syntax::parse_json(syntax::without_comments(installed)).faults.empty());
    // Without the backup the entries alone go.
    fs::remove(place.settings.string() + ".cascade-backup");
    CHECK(place.remove() == "");
    CHECK(place.read() == text);
  }
}

TEST_CASE("what no client could read is left alone in each of them") {
  for (const client::Dialect* client : clients_with(false))
    for (const std::string& text :
         {std::string("{\"a\": 1,}"), std::string("[]"), std::string("{\"hooks\": {"), std::string("{\"hooks\": []}"),
          std::string("null"), std::string("\0\1\2", 3), std::string("\xFF\xFE{")}) {
      INFO(client->name << ": " << text);
      const Place place(*client);
      place.write(text);
      CHECK(place.install() != "");
      CHECK(place.read() == text);
      CHECK_FALSE(place.has_backup());
    }
}

TEST_CASE("where there was no file there is none again, in every client") {
  for (const client::Dialect* client : client::dialects()) {
    INFO(client->name);
    const Place place(*client);
    REQUIRE(place.install() == "");
    CHECK(place.hooks() > 0);
    REQUIRE(place.install("/opt/new/cascade") == "");  // the program was moved
    const auto programs = hooked_programs(*client, *place.read());
    for (const std::string& called : programs) CHECK(called == "/opt/new/cascade");
    REQUIRE(place.remove("/opt/new/cascade") == "");
    CHECK(place.read() == std::nullopt);
    CHECK_FALSE(place.has_backup());
    CHECK(place.remove() == "");
  }
}

TEST_CASE("a link stays a link in every client, and what it leads to comes back") {
  if (test::is_wine()) return;  // which shows what a link leads to instead of the link
  for (const client::Dialect* client : client::dialects()) {
    INFO(client->name);
    const Place place(*client);
    const bool own = client->settings.form == client::SettingsForm::own_file;
    const fs::path real = fs::path(place.scratch.path) / "dotfiles";
    const std::string before = own ? client->settings.text(hook_command(*client, "/opt/old/cascade")) : "{\"a\": 1}";
    std::ofstream(real, std::ios::binary) << before;
    REQUIRE(test::make_link(real.generic_string(), fs::path(place.settings).generic_string()));
    REQUIRE(place.install() == "");
    CHECK(fs::is_symlink(place.settings));
    CHECK(place.hooks() > 0);
    REQUIRE(place.remove() == "");
    CHECK(fs::is_symlink(place.settings));
    if (!own) CHECK(place.read() == "{\"a\": 1}");
  }
}

TEST_CASE("a file of the name of ours that somebody else wrote stays, unreadable ones too") {
  for (const client::Dialect* client : clients_with(true))
    for (const std::string& text : {std::string("{\"version\": 1, \"hooks\": {}}"), std::string("// mine\n"),
                                    std::string("\0\1", 2), std::string("export const Cascade = 1\r\n")}) {
      INFO(client->name << ": " << text);
      const Place place(*client);
      place.write(text);
      CHECK(place.install() != "");
      CHECK(place.read() == text);
      CHECK(place.remove() != "");
      CHECK(place.read() == text);
    }
}

TEST_CASE("what was added behind our entries stays when they go, in every client") {
  for (const client::Dialect* client : clients_with(false)) {
    INFO(client->name);
    const Place place(*client);
    place.write("{\n  \"a\": 1\n}\n");
    REQUIRE(place.install() == "");
    std::string text = *place.read();
    text.insert(text.rfind('}') - 1, ",\n  \"mine\": \"later\"");
    place.write(text);
    REQUIRE(place.remove() == "");
    CHECK(place.read() == "{\n  \"a\": 1,\n  \"mine\": \"later\"\n}\n");
  }
}
