// A tree that is too large to be read while a prompt waits: the hook answers at once, the index comes by itself.
#include <catch2/catch.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

namespace {

namespace fs = std::filesystem;

struct LargeTree {
  std::string path = (fs::temp_directory_path() / "cascade-large-XXXXXX").string();

  explicit LargeTree(int skills) {
    REQUIRE(::mkdtemp(path.data()) != nullptr);
    for (int i = 0; i < skills; ++i)
      skill("s" + std::to_string(i), "Thing number " + std::to_string(i) + ". Use when asked.");
    skill("zebra-striping", "Stripes zebras. Use when a zebra has no stripes.");
  }
  ~LargeTree() {
    wait_until_idle();
    fs::remove_all(path);
  }
  LargeTree(const LargeTree&) = delete;
  LargeTree& operator=(const LargeTree&) = delete;

  void skill(const std::string& name, const std::string& description) const {
    const fs::path folder = fs::path(path) / "lib/skills" / name;
    fs::create_directories(folder);
    std::ofstream(folder / "SKILL.md") << "---\nname: " << name << "\ndescription: " << description << "\n---\nBODY-"
                                       << name << "\n";
  }
  // What a reader of the pipe gets until everybody who holds it has closed it, as the client does.
  std::string run(const std::string& words, const std::string& input) const {
    const std::string command = "cd '" + path + "' && printf '%s' '" + input + "' | HOME='" + path +
                                "' XDG_CACHE_HOME='" + path + "/cache' XDG_STATE_HOME='" + path +
                                "/state' CASCADE_VOCABULARY=estimate '" + CASCADE_BINARY "' --root lib " + words +
                                " 2>&1";
    std::string out;
    FILE* pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    char buffer[4096];
    for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, got);
    CHECK(::pclose(pipe) == 0);
    return out;
  }
  std::string prompt(const std::string& session) const {
    return run("hook", R"({"hook_event_name":"UserPromptSubmit","session_id":")" + session +
                           R"(","prompt":"use the zebra-striping skill"})");
  }
  std::string index() const {
    for (const auto& file : fs::directory_iterator(path + "/cache/cascade"))
      if (file.path().extension() == ".index") return file.path().string();
    return {};
  }
  // The process in the background holds the lock as long as it runs.
  void wait_until_idle() const {
    const std::string test = "flock -w 60 '" + path + "/cache/cascade/background.lock' true";
    CHECK(std::system(test.c_str()) == 0);
  }
  std::string faults() const {
    std::ifstream file(path + "/state/cascade/faults.log");
    return std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  }
};

}  // namespace

TEST_CASE("above 5,000 manifests the first prompt is not kept waiting, and later ones are answered from the index") {
  const LargeTree tree(5'000);
  CHECK(tree.prompt("a").empty());
  CHECK(tree.prompt("a").empty());  // one is at it already
  CHECK(tree.faults().find("5001 manifests are too many to read at once") != std::string::npos);
  tree.wait_until_idle();
  REQUIRE_FALSE(tree.index().empty());
  CHECK(tree.prompt("a").find("BODY-zebra-striping") != std::string::npos);

  // A change: the old index answers until the new one is there.
  const auto before = fs::last_write_time(tree.index());
  tree.skill("s0", "Something else. Use when asked otherwise.");
  CHECK(tree.prompt("b").find("BODY-zebra-striping") != std::string::npos);
  CHECK(fs::last_write_time(tree.index()) == before);
}

TEST_CASE("up to 5,000 manifests are read at once") {
  const LargeTree tree(300);
  CHECK(tree.prompt("a").find("BODY-zebra-striping") != std::string::npos);
  CHECK_FALSE(fs::exists(tree.path + "/cache/cascade/background.lock"));
  std::ofstream(tree.path + "/cache/cascade/background.lock") << "";
}
