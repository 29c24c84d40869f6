// On Windows there is no shell to rely on, so this program plays the programs that it starts.
#ifdef _WIN32
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <io.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <thread>

#include "files/process.h"
#include "files/run_program.h"
#include "read_text.h"
#include "scratch_folder.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

using namespace cascade;
using namespace cascade::files;

namespace {

using Words = std::vector<std::string>;

void print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

bool read_line(std::string& line) {
  line.clear();
  for (int c = std::getchar(); c != EOF; c = std::getchar()) {
    if (c == '\n') return true;
    line += static_cast<char>(c);
  }
  return false;
}

void wait_a_minute() { std::this_thread::sleep_for(std::chrono::minutes(1)); }

Words playing(const std::string& part, const Words& more = {}) {
  Words words = {program_file(), "--play", part};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

int play_asked(const std::string& part, const Words& more) {
  std::string line;
  if (part == "answer") {
    while (read_line(line)) print("<" + line + ">\n");
  } else if (part == "early") {
    print("a\nb\n");
    for (int i = 0; i < 3 && read_line(line); ++i)
      if (i == 1) print("c\n");
  } else if (part == "parts") {
    read_line(line);
    print("first\nsecond\nlast\n");
    read_line(line);
  } else if (part == "endless") {
    while (true) print(std::string(4096, 'a'));
  } else if (part == "half") {
    print("no line");
  } else if (part == "facts") {
    const HANDLE in = ::GetStdHandle(STD_INPUT_HANDLE);
    std::ofstream(more.at(0) + ".new", std::ios::binary)
        << (::GetFileType(in) == FILE_TYPE_CHAR ? "nowhere" : "somewhere") << ", "
        << (::GetConsoleWindow() == nullptr ? "no console" : "console") << ", " << working_folder(own_process())
        << "\n";
    std::rename((more.at(0) + ".new").c_str(), more.at(0).c_str());
  } else if (part == "until") {
    while (!std::ifstream(more.at(0))) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return 0;
}

int play(const std::string& part, const Words& more) {
  ::_setmode(0, _O_BINARY);
  ::_setmode(1, _O_BINARY);
  std::string line;
  if (part == "copy") {
    while (read_line(line)) print(line + "\n");
    print(line);
    std::fprintf(stderr, "%s\n", variable("WHO").value_or("nobody").c_str());
    return 3;
  }
  if (part == "words") {
    for (const std::string& word : more) print("[" + word + "]");
  } else if (part == "many") {
    for (int i = 1; i <= 20'000; ++i) print(std::to_string(i) + "\n");
    print("last\n");
  } else if (part == "silent") {
    wait_a_minute();
  } else if (part == "closed") {
    print("12345\n");
    std::fclose(stdout);
    std::fclose(stderr);
    ::CloseHandle(::GetStdHandle(STD_OUTPUT_HANDLE));
    ::CloseHandle(::GetStdHandle(STD_ERROR_HANDLE));
    wait_a_minute();
  } else if (part == "parent") {
    const auto child = ChildProcess::start(playing("silent"));
    wait_a_minute();
  } else {
    return play_asked(part, more);
  }
  return 0;
}

const bool played = [] {
  const Words words = program_arguments(0, nullptr);
  if (words.size() < 3 || words[1] != "--play") return false;
  std::_Exit(play(words[2], {words.begin() + 3, words.end()}));
}();

ChildProcess started(const std::string& part) {
  auto child = ChildProcess::start(playing(part));
  REQUIRE(child);
  return *std::move(child);
}

constexpr int plenty = 20'000;  // ms

ProgramRun run(const std::string& part, const Words& more = {}, const std::string& input = "",
               std::uint32_t milliseconds = 20'000) {
  ProgramCall call;
  call.words = playing(part, more);
  call.input = input;
  call.environment = {"WHO=m\xC3\xA4nner", "PATH=C:\\windows"};
  call.milliseconds = milliseconds;
  call.max_bytes = 1000;
  auto result = run_program(call);
  if (!result) INFO(result.error().message);
  REQUIRE(result);
  return *result;
}

std::string wait_for(const std::string& path) {
  for (int i = 0; i < 2000; ++i) {
    const std::string now = test::read_text(path);
    if (!now.empty() && now.back() == '\n') return now;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return {};
}

}  // namespace

TEST_CASE("each line is answered by a line, and an early answer is that of the next question") {
  ChildProcess echo = started("answer");
  for (const std::string line : {"one", "", "two words"})
    CHECK(echo.ask(line, plenty).value_or("none") == "<" + line + ">");
  ChildProcess early = started("early");
  CHECK(early.ask("1", plenty).value_or("") == "a");
  CHECK(early.ask("2", plenty).value_or("") == "b");
  CHECK(early.ask("3", plenty).value_or("") == "c");
}

TEST_CASE("a program that is silent, ends or sends without end is given up") {
  ChildProcess silent = started("silent");
  CHECK_FALSE(silent.ask("x", 50));
  CHECK_FALSE(silent.ask(std::string(1 << 20, 'x'), 50));  // more than a pipe holds: it does not read either
  ChildProcess half = started("half");
  CHECK_FALSE(half.ask("x", plenty));
  CHECK_FALSE(half.ask("x", plenty));
  ChildProcess endless = started("endless");
  CHECK_FALSE(endless.ask("x", plenty));
  CHECK_FALSE(ChildProcess::start({"C:/nowhere/at/all"}));
}

TEST_CASE("an answer of several lines") {
  ChildProcess child = started("parts");
  CHECK(child.ask("go", plenty).value_or("") == "first");
  CHECK(child.next(plenty).value_or("") == "second");
  CHECK(child.next(plenty).value_or("") == "last");
  CHECK_FALSE(child.next(50));
}

TEST_CASE("a program gets its input and environment, and its output, errors and exit code come back") {
  const ProgramRun result = run("copy", {}, "one\r\ntwo\n");
  CHECK(result.output == "one\r\ntwo\n");
  CHECK(result.errors.rfind("m\xC3\xA4nner", 0) == 0);
  CHECK(result.exit_code == 3);
  CHECK_FALSE(result.timed_out);
}

TEST_CASE("words arrive as they were given, whatever is in them") {
  const Words words = {"",
                       "a b",
                       "\"",
                       "a\"b c",
                       "back\\",
                       "back \\",
                       "\\\\\"x",
                       "%PATH% ^&|",
                       "m\xC3\xA4nner",
                       "\xF0\x9F\x8C\xB5",
                       "tab\tline\nend",
                       "C:\\x y\\"};
  std::string expected;
  for (const std::string& word : words) expected += "[" + word + "]";
  CHECK(run("words", words).output == expected);
}

TEST_CASE("long input that nobody reads and long output that nobody wants block neither side") {
  const std::string input(1 << 20, 'x');
  CHECK(run("words", {}, input).exit_code == 0);
  CHECK(run("copy", {}, input).output == input.substr(0, 1000));
  ProgramCall call;
  call.words = playing("many");
  call.milliseconds = 20'000;
  call.max_bytes = 100;
  call.keeps_end = true;
  const auto result = run_program(call);
  REQUIRE(result);
  CHECK(result->output.size() == 100);
  CHECK(result->output.substr(result->output.size() - 11) == "20000\nlast\n");
}

TEST_CASE("a program that hangs is killed with what it started, and so is one that closed its streams") {
  const ProgramRun family = run("parent", {}, "", 1'500);
  CHECK(family.timed_out);
  CHECK(family.exit_code == 128 + 9);
  CHECK(usage_below(static_cast<int>(own_process())).processes <= 1);  // the one that was asked
  CHECK(run("closed", {}, "", 1'500).timed_out);
}

TEST_CASE("a program is stopped when its caller says so, and the caller hears how much it printed") {
  ProgramCall call;
  call.words = playing("closed");
  call.milliseconds = 30'000;
  std::uint64_t most = 0;
  call.may_go_on = [&](int process, std::uint64_t bytes) {
    most = bytes;
    return process > 0 && bytes < 6;
  };
  const auto result = run_program(call);
  REQUIRE(result);
  CHECK(most == 6);
  CHECK(result->was_stopped);
  CHECK_FALSE(result->timed_out);
  CHECK(result->exit_code == 128 + 9);
}

TEST_CASE("what is no program is an error, and so is a script that only cmd.exe could read") {
  const test::ScratchFolder scratch;
  ProgramCall call;
  call.words = {"C:/no/such/program"};
  CHECK(run_program(call).error().code == ErrorCode::not_found);
  std::ofstream(scratch.path + "/x.cmd") << "exit 0\n";
  call.words = {scratch.path + "/x.cmd", "\"&calc"};
  CHECK(run_program(call).error().code == ErrorCode::unreadable);
  call.words = playing("words");
  call.inherited = {3};
  CHECK(run_program(call).error().code == ErrorCode::unsupported);
}

TEST_CASE("a detached program has nobody to talk to, and there is never a second one, nor one soon after the last") {
  const test::ScratchFolder scratch;
  const std::string lock = scratch.path + "/lock", facts = scratch.path + "/facts", go = scratch.path + "/go";
  const auto begin = [&](const Words& words, std::int64_t least) {
    return start_detached(words, scratch.path, lock, least).value_or(false);
  };
  const auto begin_soon = [&](const Words& words, std::int64_t least) {  // once the one before has ended
    bool begun = false;
    for (int i = 0; i < 1000 && !begun; ++i) {
      begun = begin(words, least);
      if (!begun) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return begun;
  };
  REQUIRE(begin(playing("facts", {facts}), 0));
  CHECK(wait_for(facts) == "nowhere, no console, " + scratch.path + "\n");
  REQUIRE(begin_soon(playing("until", {go}), 0));
  CHECK_FALSE(begin(playing("half"), 0));
  std::ofstream(go) << "x";
  CHECK(begin_soon(playing("half"), 0));
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  CHECK_FALSE(begin(playing("half"), 3600));
  allow_next_start(lock);
  CHECK(begin_soon(playing("half"), 3600));
  allow_next_start(scratch.path + "/no-lock");
  CHECK_FALSE(std::ifstream(scratch.path + "/no-lock"));
  CHECK(start_detached(playing("half"), scratch.path, scratch.path + "/none/lock", 0).error().code ==
        ErrorCode::unwritable);
}

TEST_CASE("a process is known by its start, and its words, folder, name and environment can be asked") {
  const std::int64_t own = own_process();
  CHECK(process_start(own) != 0);
  CHECK(process_start(own) == process_start(own));
  CHECK(process_start(0) == 0);
  CHECK(process_start(99'999'999) == 0);
  CHECK(parent_process() != own);
  CHECK(command_line(own) == program_arguments(0, nullptr));
  CHECK_FALSE(working_folder(own).empty());
  CHECK(ancestor_named({"no such program"}).empty());
  ::SetEnvironmentVariableA("CASCADE_TEST_MARK", "1");
  CHECK(descends_from_one_with("CASCADE_TEST_MARK"));
  CHECK_FALSE(descends_from_one_with("CASCADE_TEST_MAR"));
  ::SetEnvironmentVariableA("CASCADE_TEST_MARK", nullptr);
  CHECK_FALSE(machine().empty());
  CHECK(milliseconds_since_boot() > 0);
  CHECK(usage_below(static_cast<int>(own)).processes >= 1);
  CHECK(free_bytes(program_file().c_str()) > 0);
}
#endif
