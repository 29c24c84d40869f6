// Each call of the system and each allocation fails once, as SQLite tests itself: whatever it was, the program ends in
// order, and afterwards nothing is lost and nothing is wrong.
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "cli/program.h"
#include "faults/injection.h"
#include "scratch_folder.h"

using namespace cascade;
using namespace cascade::test;
namespace fs = std::filesystem;

namespace {

struct Run {
  int status = -1;  // the exit code; 1000 + the signal that ended it
  std::string out;
};

// What fails, and what the program was made of when it did not.
struct Fault {
  std::uint64_t call = 0, allocation = 0, full_from = 0;
  int code = 0;
};

class Home {
 public:
  Home() {
    for (const char* name : {"one", "two", "three"}) skill(name, "Do it, " + std::string(name) + ".");
    event("UserPromptSubmit", R"("prompt":"use the two skill")");
    write("home/.claude/settings.json", R"({"model": "x"})");
  }

  std::string at(const std::string& name) const { return folder_.path + "/" + name; }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories(fs::path(at(name)).parent_path());
    std::ofstream(at(name), std::ios::binary) << text;
  }
  void skill(const std::string& name, const std::string& text) const {
    write("work/.claude/skills/" + name + "/SKILL.md", "---\nname: " + name + "\ndescription: Does " + name +
                                                           ". Use when " + name + " is asked for.\n---\n" + text +
                                                           "\n");
  }
  // What the client says next.
  void event(const std::string& name, const std::string& members) const {
    write("work/event.json", R"({"session_id":"s1","transcript_path":"","cwd":")" + at("work") +
                                 R"(","hook_event_name":")" + name + "\"," + members + "}");
  }
  std::string read(const std::string& name) const {
    std::ifstream file(at(name), std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }
  void forget() const {
    for (const char* name : {"cache", "state"}) fs::remove_all(at(name));
  }

  // `counted`: how many calls and allocations there were, when it is asked for.
  Run run(const std::vector<std::string>& words, const Fault& fault = {}, Fault* counted = nullptr) const {
    const std::string out = at("out"), counts = at("counts");
    const pid_t child = ::fork();
    if (child == 0) {
      in_child(words, fault, out, counts);
      ::_exit(99);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (counted != nullptr) std::ifstream(counts) >> counted->call >> counted->allocation;
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status), read("out")};
  }

 private:
  void in_child(const std::vector<std::string>& words, const Fault& fault, const std::string& out,
                const std::string& counts) const {
    for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGTERM}) std::signal(signal, SIG_DFL);
    std::signal(SIGPIPE, SIG_IGN);
    const auto put = [](const std::string& path, int how, int descriptor) {
      const int fd = ::open(path.c_str(), how, 0600);
      ::dup2(fd, descriptor);
      ::close(fd);
    };
    put(at("work/event.json"), O_RDONLY, 0);
    put(out, O_WRONLY | O_CREAT | O_TRUNC, 1);
    put("/dev/null", O_WRONLY, 2);
    if (::chdir(at("work").c_str()) != 0) ::_exit(98);
    cli::Environment environment;
    environment.home = at("home");
    environment.user = client::user_place(environment.home, std::nullopt, "");
    environment.cache = at("cache");
    environment.state = at("state");
    environment.vocabulary = "estimate";
    std::vector<std::string> all = {"--root", "."};
    if (words.front() == "init") all.clear();
    all.insert(all.end(), words.begin(), words.end());
    if (fault.full_from != 0)
      fill_disk(fault.full_from);
    else
      fail_call(fault.call, fault.code);
    fail_allocation(fault.allocation);
    int code = 4;
    bool lenient = words.front() == "hook";
    try {  // as main() does
      const cli::CommandLine line = cli::read_command_line(all);
      lenient = cli::is_lenient(line);
      cli::Console console;
      code = static_cast<int>(cli::run_program(line, environment, console));
      if (!console.flush()) code = 3;
    } catch (const std::exception&) {
      code = 4;
    }
    const std::uint64_t calls_made = calls(), allocations_made = allocations();
    fail_call(0, 0);
    fail_allocation(0);
    std::ofstream(counts) << calls_made << ' ' << allocations_made << '\n';
    ::_exit(lenient ? 0 : code);
  }

  ScratchFolder folder_;
};

// Calls `check` for each fault of a command: every call with one code after the other (CASCADE_SOAK: with each), a disk
// that is full from each call on (some of them), and the first and some others of its allocations (thousands).
void each_fault(const Home& home, const std::vector<std::string>& words, const std::function<void()>& before,
                const std::function<void(const Run&, const Fault&)>& check) {
  before();
  Fault most;
  REQUIRE(home.run(words, {}, &most).status == 0);
  REQUIRE(most.call > 5);
  REQUIRE(most.allocation > 5);
  const auto one = [&](const Fault& fault) {
    before();
    const Run run = home.run(words, fault);
    INFO("call " << fault.call << " errno " << fault.code << " full from " << fault.full_from << " allocation "
                 << fault.allocation);
    check(run, fault);
  };
  const std::vector<int> codes = {EIO, ENOSPC, EMFILE, EINTR, EACCES, ENOMEM};
  const bool thorough = std::getenv("CASCADE_SOAK") != nullptr;
  for (std::uint64_t call = 1; call <= most.call; ++call)
    for (std::size_t code = 0; code < codes.size(); ++code)
      if (thorough || code == call % codes.size()) one({call, 0, 0, codes[code]});
  for (std::uint64_t call = 1; call <= most.call; call += thorough ? 1 : 3) one({0, 0, call, 0});
  const std::uint64_t step = std::max<std::uint64_t>(1, most.allocation / (thorough ? 2000 : 100));
  constexpr std::uint64_t first = 64;  // each of them: what runs before a verb, where nobody may expect an exception
  for (std::uint64_t number = 1; number <= most.allocation; number += number < first ? 1 : step) one({0, number, 0, 0});
}

const std::vector<std::string> list = {"--quiet", "list", "--format", "json"};

// What an answer of the hook holds for the model; empty if nothing.
std::string for_the_model(const std::string& out) {
  const std::size_t begin = out.find("\"hookSpecificOutput\"");
  return begin == std::string::npos ? std::string() : out.substr(begin);
}

// Whether an answer is whole: as it is without a fault, but for a word about settings that could not be read.
bool is_whole(const std::string& out, const std::string& whole) {
  return out == whole ||
         (for_the_model(out) == for_the_model(whole) && out.find(": cannot ") < out.find("hookSpecific"));
}

void ends_in_order(const Run& run) {
  CHECK(run.status <= 4);  // no signal
}

}  // namespace

TEST_CASE("an index that is made under a fault is never believed to be whole") {
  const Home home;
  const std::string whole = home.run(list).out;
  REQUIRE(whole.find("\"three\"") != std::string::npos);
  each_fault(
      home, {"--quiet", "index"}, [&] { home.forget(); },
      [&](const Run& run, const Fault&) {
        ends_in_order(run);
        CHECK(home.run(list).out == whole);
      });
}

TEST_CASE("an update under a fault loses nothing and keeps nothing old") {
  const Home home;
  home.skill("two", "Changed.");
  const std::string whole = home.run(list).out;
  const auto before = [&] {
    home.forget();
    home.skill("two", "As it was.");
    REQUIRE(home.run(list).status == 0);
    home.skill("two", "Changed.");
  };
  each_fault(home, {"--quiet", "index"}, before, [&](const Run& run, const Fault&) {
    ends_in_order(run);
    CHECK(home.run(list).out == whole);
  });
}

TEST_CASE("a hook under a fault ends with 0, says all or nothing, and what was not said is said the next time") {
  const Home home;
  const std::string whole = home.run({"hook"}).out;
  REQUIRE(whole.find("Do it,") != std::string::npos);
  each_fault(
      home, {"hook"}, [&] { home.forget(); },
      [&](const Run& run, const Fault&) {
        CHECK(run.status == 0);
        const bool all = is_whole(run.out, whole);
        CHECK((run.out.empty() || all));
        const Run next = home.run({"hook"});
        CHECK(next.status == 0);
        CHECK((next.out == whole || (next.out.empty() && all)));
        CHECK(home.run(list).out.find("\"three\"") != std::string::npos);
      });
}

TEST_CASE(
    "a ledger that is written under a fault loses nothing of what was sent before, and names nothing that was not") {
  const Home home;
  const std::vector<std::string> show = {"session", "show", "s1", "--format", "json"};
  const auto prompt = [&](const std::string& name) {
    home.event("UserPromptSubmit", "\"prompt\":\"use the " + name + " skill\"");
  };
  prompt("two");
  const std::string first = home.run({"hook"}).out;
  REQUIRE(first.find("=== skill: two ===") != std::string::npos);
  fs::copy(home.at("state"), home.at("began"), fs::copy_options::recursive);
  const auto before = [&] {
    fs::remove_all(home.at("state"));
    fs::copy(home.at("began"), home.at("state"), fs::copy_options::recursive);
    prompt("three");
  };
  before();
  const std::string second = home.run({"hook"}).out;
  REQUIRE(second.find("=== skill: three ===") != std::string::npos);
  each_fault(home, {"hook"}, before, [&](const Run& run, const Fault&) {
    CHECK(run.status == 0);
    CHECK((run.out.empty() || is_whole(run.out, second)));
    const bool noted = home.run(show).out.find("skill:three") != std::string::npos;
    CHECK((!noted || is_whole(run.out, second)));
    CHECK(home.run({"hook"}).out == (noted ? "" : second));
    prompt("two");
    CHECK(home.run({"hook"}).out.empty());  // it still is in the conversation
  });
}

TEST_CASE("init under a fault leaves the settings as they were or as they are to be") {
  const Home home;
  const std::string settings = "home/.claude/settings.json", original = home.read(settings);
  each_fault(
      home, {"init", "--user"},
      [&] {
        fs::remove_all(home.at("home/.claude"));
        home.write(settings, original);
      },
      [&](const Run& run, const Fault&) {
        ends_in_order(run);
        const std::string now = home.read(settings);
        const bool written = now.find("hook") != std::string::npos && now.find("\"model\": \"x\"") != std::string::npos;
        CHECK((now == original || written));
        if (run.status == 0) CHECK(written);
      });
}

TEST_CASE("init into a file of two names, and --remove, under a fault leave the settings whole") {
  const Home home;
  const std::string settings = "home/.claude/settings.json", other = home.at("other"), original = home.read(settings);
  const auto begin = [&](bool linked) {
    fs::remove_all(home.at("home/.claude"));
    fs::remove(other);
    home.write(settings, original);
    if (linked) fs::create_hard_link(home.at(settings), other);
  };
  begin(true);
  REQUIRE(home.run({"init", "--user"}).status == 0);
  const std::string linked = home.read(settings);
  each_fault(
      home, {"init", "--user"}, [&] { begin(true); },
      [&](const Run& run, const Fault&) {
        ends_in_order(run);
        CHECK((home.read(settings) == original || home.read(settings) == linked));
        CHECK(home.read("other") == home.read(settings));
      });
  const auto install = [&] {
    begin(false);
    REQUIRE(home.run({"init", "--user"}).status == 0);
  };
  install();
  const std::string with_hooks = home.read(settings);
  each_fault(home, {"init", "--user", "--remove"}, install, [&](const Run& run, const Fault&) {
    ends_in_order(run);
    CHECK((home.read(settings) == original || home.read(settings) == with_hooks));
    // This program's entries are known by its path alone, which it may not have found out.
    if (run.status == 0 && run.out.find("nothing to take out") == std::string::npos)
      CHECK(home.read(settings) == original);
  });
}
