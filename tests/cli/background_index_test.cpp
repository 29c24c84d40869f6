// A tree that is too large to be read while a prompt waits: the hook answers at once, the index comes by itself. No
// test here depends on who is quicker: what runs in the background is kept from starting, or waited for.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "read_text.h"
#include "scratch_folder.h"

namespace {

namespace fs = std::filesystem;

// The process in the background holds this lock as long as it runs; while this object has it, none starts.
class BackgroundLock {
 public:
  explicit BackgroundLock(const std::string& path) {
    fs::create_directories(fs::path(path).parent_path());
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    REQUIRE(file_ >= 0);
    REQUIRE(::flock(file_, LOCK_EX) == 0);
  }
  ~BackgroundLock() { ::close(file_); }
  BackgroundLock(const BackgroundLock&) = delete;
  BackgroundLock& operator=(const BackgroundLock&) = delete;

 private:
  int file_ = -1;
};

struct LargeTree {
  cascade::test::ScratchFolder folder;
  const std::string& path = folder.path;
  const std::string lock = path + "/cache/cascade/background.lock";

  explicit LargeTree(int skills) {
    for (int i = 0; i < skills; ++i)
      skill("s" + std::to_string(i), "Thing number " + std::to_string(i) + ". Use when asked.");
    skill("zebra-striping", "Stripes zebras. Use when a zebra has no stripes.");
  }
  ~LargeTree() { wait_until_idle(); }
  LargeTree(const LargeTree&) = delete;
  LargeTree& operator=(const LargeTree&) = delete;

  void skill(const std::string& name, const std::string& description) const {
    const fs::path place = fs::path(path) / "lib/skills" / name;
    fs::create_directories(place);
    std::ofstream(place / "SKILL.md") << "---\nname: " << name << "\ndescription: " << description << "\n---\nBODY-"
                                      << name << "\n";
  }
  std::string run(const std::string& words, const std::string& input) const { return end(begin(words, input)); }
  FILE* begin(const std::string& words, const std::string& input) const {
    const std::string command = "cd '" + path + "' && printf '%s' '" + input + "' | HOME='" + path +
                                "' XDG_CACHE_HOME='" + path + "/cache' XDG_STATE_HOME='" + path +
                                "/state' CASCADE_VOCABULARY=estimate '" + CASCADE_BINARY "' --root lib " + words +
                                " 2>&1";
    FILE* pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    return pipe;
  }
  // What a reader of the pipe gets until everybody who holds it has closed it, as the client does.
  static std::string end(FILE* pipe) {
    std::string out;
    char buffer[4096];
    for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, got);
    CHECK(::pclose(pipe) == 0);
    return out;
  }
  std::string prompt(const std::string& session, const std::string& name) const {
    return run("hook", event(session, name));
  }
  static std::string event(const std::string& session, const std::string& name) {
    return R"({"transcript_path":"","hook_event_name":"UserPromptSubmit","session_id":")" + session +
           R"(","prompt":"use the )" + name + R"( skill"})";
  }
  std::string index() const {
    for (const auto& file : fs::directory_iterator(path + "/cache/cascade"))
      if (file.path().extension() == ".index") return file.path().string();
    return {};
  }
  void wait_until_idle() const { const BackgroundLock taken(lock); }
  std::string faults() const { return cascade::test::read_text(path + "/state/cascade/faults.log"); }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("above 5,000 manifests the first prompt is not kept waiting, and later ones are answered from the index") {
  const LargeTree tree(5'000);
  {
    const BackgroundLock other(tree.lock);  // one is at it already
    CHECK(tree.prompt("a", "zebra-striping").empty());
    CHECK(has(tree.faults(), "5001 manifests, more than the 5000 that are read at once"));
  }
  CHECK(tree.index().empty());
  CHECK(tree.prompt("a", "zebra-striping").empty());
  tree.wait_until_idle();
  REQUIRE_FALSE(tree.index().empty());
  CHECK(has(tree.prompt("a", "zebra-striping"), "BODY-zebra-striping"));

  // A change: the old index answers until the new one is there.
  tree.wait_until_idle();
  const auto before = fs::last_write_time(tree.index());
  tree.skill("okapi-combing", "Combs okapis. Use when an okapi has tangles.");
  {
    const BackgroundLock other(tree.lock);
    CHECK(has(tree.prompt("b", "zebra-striping"), "BODY-zebra-striping"));
    CHECK_FALSE(has(tree.prompt("b", "okapi-combing"), "BODY-okapi-combing"));
    CHECK(fs::last_write_time(tree.index()) == before);
  }
  CHECK_FALSE(has(tree.prompt("c", "okapi-combing"), "BODY-okapi-combing"));
  tree.wait_until_idle();
  CHECK(has(tree.prompt("d", "okapi-combing"), "BODY-okapi-combing"));
}

TEST_CASE("a change in a file that no prompt looks at is found in the background") {
  const LargeTree tree(5'000);
  CHECK(tree.prompt("a", "zebra-striping").empty());
  tree.wait_until_idle();
  tree.skill("zebra-striping", "Stripes zebras anew. Use when a zebra has no stripes.");
  std::ofstream(fs::path(tree.path) / "lib/skills/zebra-striping/SKILL.md", std::ios::app) << "ADDED-LATER\n";
  SECTION("it is to be loaded: no old text is sent") { CHECK(tree.prompt("b", "zebra-striping").empty()); }
  SECTION("another is to be loaded") { CHECK(has(tree.prompt("b", "s17"), "BODY-s17")); }
  tree.wait_until_idle();
  CHECK(has(tree.prompt("c", "zebra-striping"), "ADDED-LATER"));
}

TEST_CASE("up to 5,000 manifests are read at once") {
  const LargeTree tree(300);
  CHECK(has(tree.prompt("a", "zebra-striping"), "BODY-zebra-striping"));
  CHECK_FALSE(fs::exists(tree.lock));
}

TEST_CASE("prompts that find no index together are all answered: one reads while the others wait") {
  const LargeTree tree(300);
  {
    const BackgroundLock reader(tree.path + "/cache/cascade/reading.lock"), none_in_the_background(tree.lock);
    CHECK(tree.prompt("a", "zebra-striping").empty());
    CHECK(tree.index().empty());
  }
  std::vector<FILE*> prompts;
  for (const char* session : {"b", "c", "d", "e", "f", "g", "h", "i"})
    prompts.push_back(tree.begin("hook", LargeTree::event(session, "zebra-striping")));
  for (FILE* const prompt : prompts) CHECK(has(LargeTree::end(prompt), "BODY-zebra-striping"));
  CHECK_FALSE(has(tree.faults(), "at the last prompt"));
}
