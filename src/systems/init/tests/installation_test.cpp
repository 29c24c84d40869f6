// init on files as they lie on people's disks.
#include <catch2/catch.hpp>

#include <sys/stat.h>
#include <sys/xattr.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "init/installation.h"

using namespace cascade;
using namespace cascade::init;

namespace {

namespace fs = std::filesystem;

struct Home {
  fs::path path = (fs::temp_directory_path() / "cascade-init-XXXXXX").string();
  std::string settings;

  Home() {
    std::string name = path.string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
    settings = (path / ".claude/settings.json").string();
    fs::create_directories(path / ".claude");
  }
  ~Home() { fs::remove_all(path); }
  Home(const Home&) = delete;
  Home& operator=(const Home&) = delete;

  static void write(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }
  static std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  std::string install(const std::string& binary = "/opt/bin/cascade") const {
    auto plan = plan_installation(files::DiskTree(), settings, binary);
    if (!plan) return plan.error().message;
    auto done = carry_out(*plan);
    return done ? "" : done.error().message;
  }
  std::string remove(const std::string& binary = "/opt/bin/cascade") const {
    auto plan = plan_removal(files::DiskTree(), settings, binary);
    if (!plan) return plan.error().message;
    auto done = carry_out(*plan);
    return done ? "" : done.error().message;
  }
};

unsigned mode(const fs::path& file) {
  struct stat info {};
  return ::stat(file.c_str(), &info) == 0 ? info.st_mode & 07777 : 0;
}

}  // namespace

TEST_CASE("settings in every form are restored to the byte: line ends, marks, doubles, odd white space") {
  for (const std::string& text : {
           std::string("{}"),
           std::string("{ }"),
           std::string("{\n\n}\n"),
           std::string("\n\n  {\"a\": 1}  \n\n"),
           std::string("{\r\n  \"model\": \"opus\",\r\n  \"hooks\": {}\r\n}\r\n"),
           std::string("\xEF\xBB\xBF{\n  \"model\": \"opus\"\n}\n"),
           std::string("{\"a\": 1, \"a\": 2, \"hooks\": {\"Stop\": []}, \"hooks\": {\"UserPromptSubmit\": []}}"),
           std::string("{\n\t\t\t\"a\" :\t[ 1 ,2 ]\n,\"b\":{}\n   }"),
           std::string("{\"hooks\":{\"PreToolUse\":[{\"matcher\":\"Bash\",\"hooks\":[]}],\"SubagentStart\":[\n]}}"),
           std::string("{\"k\\u00e9y\": \"\\ud83e\\udd93 \xF0\x9F\xA6\x93\", \"n\": -0.0e+10}"),
       }) {
    INFO(text);
    const Home home;
    Home::write(home.settings, text);
    REQUIRE(home.install().empty());
    const std::string installed = Home::read(home.settings);
    CHECK(installed != text);
    CHECK(hooked_programs(installed).size() == 4);
    REQUIRE(home.install().empty());
    CHECK(Home::read(home.settings) == installed);
    REQUIRE(home.remove().empty());
    CHECK(Home::read(home.settings) == text);
    CHECK_FALSE(fs::exists(home.settings + ".cascade-backup"));
  }
}

TEST_CASE("what cannot be read is left alone: comments, trailing commas, lists, cut files, binary") {
  for (const std::string& text :
       {std::string("// mine\n{}"), std::string("{\"a\": 1,}"), std::string("[]"), std::string("{\"hooks\": {"),
        std::string("{\"hooks\": []}"), std::string("\"hooks\""), std::string("\0\1\2", 3), std::string("null")}) {
    const Home home;
    Home::write(home.settings, text);
    CHECK_FALSE(home.install().empty());
    CHECK(Home::read(home.settings) == text);
    CHECK_FALSE(fs::exists(home.settings + ".cascade-backup"));
  }
}

TEST_CASE("the mode of the file stays, and the backup is its owner's alone") {
  for (const unsigned wanted : {0600u, 0640u, 0664u, 0644u}) {
    const Home home;
    Home::write(home.settings, "{\"env\": {\"TOKEN\": \"secret\"}}");
    ::chmod(home.settings.c_str(), wanted);
    REQUIRE(home.install().empty());
    CHECK(mode(home.settings) == wanted);
    CHECK(mode(home.settings + ".cascade-backup") == 0600);
    REQUIRE(home.remove().empty());
    CHECK(mode(home.settings) == wanted);
  }
}

TEST_CASE("a read-only file is not replaced behind its owner's back") {
  const Home home;
  Home::write(home.settings, "{}");
  ::chmod(home.settings.c_str(), 0444);
  CHECK(home.install() == "the file is read-only");
  CHECK(Home::read(home.settings) == "{}");
}

TEST_CASE("attributes that the user gave the file stay, and hard links keep naming one file") {
  const Home home;
  Home::write(home.settings, "{\"a\": 1}");
  const bool attributes = ::setxattr(home.settings.c_str(), "user.note", "mine", 4, 0) == 0;
  if (!attributes) WARN("skipped: the file system keeps no attributes");
  const fs::path other = home.path / "dotfiles.json";
  for (const bool linked : {false, true}) {
    if (linked) fs::create_hard_link(home.settings, other);
    REQUIRE(home.install().empty());
    CHECK(fs::hard_link_count(home.settings) == (linked ? 2 : 1));
    if (linked) CHECK(hooked_programs(Home::read(other)).size() == 4);
    char value[8] = {};
    if (attributes) CHECK(::getxattr(home.settings.c_str(), "user.note", value, sizeof value) == 4);
    REQUIRE(home.remove().empty());
    CHECK(Home::read(home.settings) == "{\"a\": 1}");
  }
  CHECK(Home::read(other) == "{\"a\": 1}");
}

TEST_CASE("another program that changes the settings all the time loses none of its changes") {
  const Home home;
  Home::write(home.settings, "{\"turn\": 0}");
  // It reads, changes and renames, as the client does; what it wrote last must be there in the end.
  std::atomic<bool> done{false};
  std::thread other([&] {
    while (!done)
      if (!home.install().empty() || !home.remove().empty()) std::this_thread::yield();
  });
  int lost = 0;
  for (int turn = 1; turn <= 200; ++turn) {
    const std::string mark = "\"turn\": " + std::to_string(turn);
    const fs::path mine = home.path / "mine.json";
    Home::write(mine, "{" + mark + "}");
    fs::rename(mine, home.settings);
    // While two names are exchanged back, what it wrote may be out of sight for a moment.
    const auto is_there = [&] { return Home::read(home.settings).find(mark) != std::string::npos; };
    int looks = 0;
    while (!is_there() && ++looks < 2000) std::this_thread::yield();
    if (looks == 2000) ++lost;
  }
  done = true;
  other.join();
  CHECK(lost == 0);
}

TEST_CASE("a failed change leaves neither a copy nor a half-written file") {
  const Home home;
  Home::write(home.settings, "{}");
  ::chmod(home.settings.c_str(), 0444);
  CHECK(home.install() == "the file is read-only");
  CHECK_FALSE(fs::exists(home.settings + ".cascade-backup"));
  CHECK(std::distance(fs::directory_iterator(home.path / ".claude"), fs::directory_iterator()) == 1);
}

TEST_CASE("a link stays a link: the file behind it is changed, and restored") {
  const Home home;
  fs::create_directories(home.path / "dotfiles");
  Home::write(home.path / "dotfiles/claude.json", "{\"a\": 1}\n");
  fs::create_symlink("../dotfiles/claude.json", home.settings);
  REQUIRE(home.install().empty());
  CHECK(fs::is_symlink(home.settings));
  CHECK(hooked_programs(Home::read(home.path / "dotfiles/claude.json")).size() == 4);
  REQUIRE(home.remove().empty());
  CHECK(fs::is_symlink(home.settings));
  CHECK(Home::read(home.path / "dotfiles/claude.json") == "{\"a\": 1}\n");
}

TEST_CASE("a link to nowhere is said, not written over") {
  const Home home;
  fs::create_symlink("gone.json", home.settings);
  CHECK(home.install() == "the settings are a link to a file that is not there");
  CHECK(fs::is_symlink(home.settings));
}

TEST_CASE("a program that was moved: its entries are replaced, and either program restores the file") {
  for (const char* remover : {"/opt/bin/cascade", "/new/bin/cascade"}) {
    const Home home;
    const std::string text = "{\"hooks\": {\"Stop\": []}, \"a\": [ ]}";
    Home::write(home.settings, text);
    REQUIRE(home.install("/opt/bin/cascade").empty());
    REQUIRE(home.install("/new/bin/cascade").empty());
    for (const std::string& program : hooked_programs(Home::read(home.settings))) CHECK(program == "/new/bin/cascade");
    REQUIRE(home.remove(remover).empty());
    CHECK(Home::read(home.settings) == text);
  }
}

TEST_CASE("settings that changed between plan and deed are left alone") {
  const Home home;
  Home::write(home.settings, "{}");
  auto plan = plan_installation(files::DiskTree(), home.settings, "/opt/bin/cascade");
  REQUIRE(plan);
  Home::write(home.settings, "{\"a\": 1}");
  auto done = carry_out(*plan);
  REQUIRE_FALSE(done);
  CHECK(done.error().code == ErrorCode::stale);
  CHECK(Home::read(home.settings) == "{\"a\": 1}");
}

TEST_CASE("what the user added after init stays when our entries go") {
  const Home home;
  Home::write(home.settings, "{\n  \"a\": 1\n}\n");
  REQUIRE(home.install().empty());
  std::string text = Home::read(home.settings);
  text.replace(text.find("\"a\": 1"), 6, "\"a\": 2");
  Home::write(home.settings, text);
  REQUIRE(home.remove().empty());
  CHECK(Home::read(home.settings) == "{\n  \"a\": 2\n}\n");
}

TEST_CASE("there was no file: one is made, and goes again") {
  const Home home;
  fs::remove_all(home.path / ".claude");
  REQUIRE(home.install().empty());
  CHECK(hooked_programs(Home::read(home.settings)).size() == 4);
  REQUIRE(home.remove().empty());
  CHECK_FALSE(fs::exists(home.settings));
}
