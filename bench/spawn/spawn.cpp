// Times cold processes against each other: all candidates in turn, in a new order each round, so that a loaded machine
// slows them alike. Judged by minima and by ratios; microseconds are for orientation.
//
//   bench_spawn [--rounds N] [--input FILE] CANDIDATE [--- CANDIDATE]...
//   CANDIDATE: LABEL [--input FILE] [--restore FILE] [--set NAME=VALUE]... -- PROGRAM ARGUMENT...
//
// What stands before the first label is for all candidates. Those whose ratios are compared belong into one call: a
// program is faster the fewer others ran since its last start, and a small one gains most.
//
// FILE of --restore is given the bytes that it has now before each of the candidate's processes starts, outside the
// time that is measured: for programs that change what they answer from.
//
// The first candidate is the baseline. One line of JSON a candidate:
//   {"label":"hook","least_us":812,"median_us":901,"ratio_per_mille":880,"minor_faults":61,"status":0}
// A candidate whose exit status changes between rounds ends the run with 2: a failing program must not look fast.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <numeric>
#include <string>
#include <vector>

extern char** environ;

namespace {

struct Candidate {
  std::string label, input;
  std::string restored, content;          // a file and the bytes it begins each process with; no name: none
  std::vector<char*> words, environment;  // each ends with a null pointer
  std::vector<long> microseconds;
  long least_faults = -1;
  int status = -1;
};

struct Settings {
  int rounds = 300, warm_up = 10;
  std::string input = "/dev/null";
  std::vector<Candidate> candidates;
};

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "bench_spawn: %s\n", why.c_str());
  std::exit(2);
}

std::string read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) give_up("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// In place and never emptied: a file that was cut to nothing is written to the disk when it is closed (ext4), which
// would go on while the next process is timed.
void restore(const Candidate& candidate) {
  if (candidate.restored.empty()) return;
  const int file = open(candidate.restored.c_str(), O_WRONLY | O_CLOEXEC);
  const auto size = static_cast<ssize_t>(candidate.content.size());
  if (file < 0 || pwrite(file, candidate.content.data(), candidate.content.size(), 0) != size ||
      ftruncate(file, size) != 0)
    give_up("cannot restore " + candidate.restored);
  close(file);
}

// Takes the place of a variable of the same name.
void set_variable(std::vector<char*>& environment, char* assignment) {
  const char* const equals = std::strchr(assignment, '=');
  if (equals == nullptr) give_up(std::string("expected NAME=VALUE, not ") + assignment);
  const auto length = static_cast<std::size_t>(equals - assignment) + 1;
  const auto same = [&](const char* one) { return std::strncmp(one, assignment, length) == 0; };
  environment.erase(std::remove_if(environment.begin(), environment.end(), same), environment.end());
  environment.push_back(assignment);
}

// LABEL [--input FILE] [--restore FILE] [--set NAME=VALUE]... -- PROGRAM ARGUMENT..., up to the end or to "---".
Candidate read_candidate(int count, char** words, int& i, const std::string& input) {
  Candidate candidate;
  candidate.label = words[i++];
  candidate.input = input;
  for (char** variable = environ; *variable != nullptr; ++variable) candidate.environment.push_back(*variable);
  for (; i + 1 < count && std::strcmp(words[i], "--") != 0; i += 2) {
    if (std::strcmp(words[i], "--input") == 0)
      candidate.input = words[i + 1];
    else if (std::strcmp(words[i], "--restore") == 0)
      candidate.content = read_whole(candidate.restored = words[i + 1]);
    else if (std::strcmp(words[i], "--set") == 0)
      set_variable(candidate.environment, words[i + 1]);
    else
      give_up(std::string("expected LABEL -- PROGRAM, not ") + words[i]);
  }
  if (i >= count || std::strcmp(words[i++], "--") != 0) give_up("expected LABEL -- PROGRAM");
  while (i < count && std::strcmp(words[i], "---") != 0) candidate.words.push_back(words[i++]);
  ++i;
  if (candidate.words.empty()) give_up("no program for " + candidate.label);
  candidate.words.push_back(nullptr);
  candidate.environment.push_back(nullptr);
  return candidate;
}

Settings read_arguments(int count, char** words) {
  Settings settings;
  int i = 1;
  for (; i + 1 < count && std::strncmp(words[i], "--", 2) == 0 && std::strlen(words[i]) > 3; i += 2) {
    if (std::strcmp(words[i], "--rounds") == 0)
      settings.rounds = std::atoi(words[i + 1]);
    else if (std::strcmp(words[i], "--input") == 0)
      settings.input = words[i + 1];
    else
      give_up(std::string("unknown option ") + words[i]);
  }
  while (i < count) settings.candidates.push_back(read_candidate(count, words, i, settings.input));
  if (settings.candidates.empty() || settings.rounds < 1) give_up("nothing to do");
  return settings;
}

void run_once(Candidate& candidate, bool measured) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, candidate.input.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const auto begin = std::chrono::steady_clock::now();
  if (posix_spawnp(&child, candidate.words[0], &actions, nullptr, candidate.words.data(),
                   candidate.environment.data()) != 0)
    give_up(std::string("cannot start ") + candidate.words[0]);
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) != child) give_up("lost a child");
  const auto end = std::chrono::steady_clock::now();
  posix_spawn_file_actions_destroy(&actions);
  if (candidate.status != -1 && candidate.status != status)
    give_up(candidate.label + " ended in another way than before");
  candidate.status = status;
  if (!measured) return;
  candidate.microseconds.push_back(std::chrono::duration_cast<std::chrono::microseconds>(end - begin).count());
  if (candidate.least_faults < 0 || usage.ru_minflt < candidate.least_faults) candidate.least_faults = usage.ru_minflt;
}

void report(std::vector<Candidate>& candidates) {
  long baseline = 0;
  for (Candidate& candidate : candidates) {
    std::sort(candidate.microseconds.begin(), candidate.microseconds.end());
    const long least = std::max(1L, candidate.microseconds.front());
    if (baseline == 0) baseline = least;
    std::printf(
        "{\"label\":\"%s\",\"least_us\":%ld,\"median_us\":%ld,\"ratio_per_mille\":%ld,\"minor_faults\":%ld,\"status\":%"
        "d}\n",
        candidate.label.c_str(), least, candidate.microseconds[candidate.microseconds.size() / 2],
        least * 1000 / baseline, candidate.least_faults,
        WIFEXITED(candidate.status) ? WEXITSTATUS(candidate.status) : -1);
  }
}

}  // namespace

int main(int count, char** words) {
  Settings settings = read_arguments(count, words);
  std::vector<std::size_t> order(settings.candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::uint64_t random = 1;
  for (int round = -settings.warm_up; round < settings.rounds; ++round) {
    for (std::size_t i = order.size(); i > 1; --i) {
      random = random * 6364136223846793005ULL + 1442695040888963407ULL;
      std::swap(order[i - 1], order[(random >> 33) % i]);
    }
    for (const std::size_t i : order) {
      restore(settings.candidates[i]);
      run_once(settings.candidates[i], round >= 0);
    }
  }
  report(settings.candidates);
}
