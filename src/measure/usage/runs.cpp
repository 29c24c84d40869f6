// What a line starts is read by the shell module. The tables below say which programs have subcommands of two words,
// which only start another, and which are so common that running them says nothing about what was read before.
#include "usage/runs.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "shell/trace.h"
#include "text/ascii.h"
#include "text/word_list.h"

namespace cascade::usage {
namespace {

// `depth`: words of a subcommand. `takes`: options whose value is the next word.
struct ProgramRow {
  std::string_view name;
  std::uint32_t depth;
  std::string_view takes;
};
constexpr ProgramRow programs[] = {
    {"aws", 2, "--profile --region"},
    {"az", 2, ""},
    {"bazel", 1, ""},
    {"brew", 1, ""},
    {"bun", 1, ""},
    {"cargo", 1, "-p --package --manifest-path"},
    {"cascade", 1, "--root --format --model"},
    {"cmake", 0, "-S -B -G"},
    {"composer", 1, ""},
    {"ctest", 0, "-R -j"},
    {"deno", 1, ""},
    {"docker", 1, "-f --context"},
    {"docker-compose", 1, "-f"},
    {"dotnet", 1, ""},
    {"flutter", 1, ""},
    {"gcloud", 2, "--project"},
    {"gem", 1, ""},
    {"gh", 2, "-R --repo"},
    {"git", 1, "-C -c --git-dir --work-tree"},
    {"glab", 2, ""},
    {"go", 1, ""},
    {"gradle", 1, ""},
    {"gradlew", 1, ""},
    {"helm", 1, "-n --namespace"},
    {"heroku", 1, "-a"},
    {"kubectl", 1, "-n --namespace --context"},
    {"make", 1, "-C -f -j"},
    {"mix", 1, ""},
    {"mvn", 1, ""},
    {"nix", 1, ""},
    {"npm", 1, "--prefix -w --workspace"},
    {"openssl", 1, ""},
    {"pip", 1, ""},
    {"pnpm", 1, "-C --dir --filter"},
    {"poetry", 1, ""},
    {"rails", 1, ""},
    {"rake", 1, ""},
    {"ruff", 1, ""},
    {"rustup", 1, ""},
    {"systemctl", 1, ""},
    {"terraform", 1, ""},
    {"uv", 1, ""},
    {"yarn", 1, "--cwd"},
};

// Subcommands that are followed by the word that counts.
constexpr std::string_view second_words[] = {
    "docker compose", "npm run",      "pnpm run",         "yarn run",        "bun run",        "docker buildx",
    "cargo xtask",    "go tool",      "git stash",        "git worktree",    "git bisect",     "git remote",
    "uv pip",         "docker image", "docker container", "kubectl rollout", "terraform state"};

// What starts another program with the words after it.
constexpr std::string_view starters[] = {"bundle exec", "npx",        "pipenv run", "pnpm dlx",
                                         "pnpm exec",   "poetry run", "python -m",  "python3 -m",
                                         "uv run",      "uvx",        "yarn dlx",   "bunx"};

constexpr std::string_view everyday_programs =
    "[ awk bash basename cat cd chmod code command cp curl cut date df diff dirname du echo env exit export false file "
    "find grep head jq kill less ln ls mkdir mktemp mv node open printf ps pwd python python3 read realpath rg rm sed "
    "seq set sh sleep sort source stat sudo tail tar tee test time touch tr tree true uname uniq wc wget which xargs";

constexpr std::string_view everyday_subcommands[] = {
    "git add",  "git branch",  "git checkout", "git clone",    "git commit", "git diff",    "git fetch",
    "git log",  "git pull",    "git push",     "git show",     "git status", "npm install", "npm run build",
    "npm test", "pip install", "npm run test", "yarn install", "make all"};

template <std::size_t N>
bool holds(const std::string_view (&list)[N], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

const ProgramRow* row_of(std::string_view name) {
  const auto at =
      std::find_if(std::begin(programs), std::end(programs), [&](const ProgramRow& row) { return row.name == name; });
  return at == std::end(programs) ? nullptr : at;
}

bool is_subcommand(std::string_view word) {
  return !word.empty() && letters::is_letter(word[0]) && word.find_first_of("./=*$<\"'") == std::string_view::npos &&
         std::all_of(word.begin(), word.end(),
                     [](char c) { return letters::is_letter_or_digit(c) || c == '-' || c == ':' || c == '_'; });
}

// Drops "npx", "python -m" and the like from the front.
void drop_starters(std::vector<std::string>& words) {
  for (bool dropped = true; dropped && words.size() > 1;) {
    dropped = false;
    const bool two = words.size() > 2 && holds(starters, words[0] + " " + words[1]);
    if (!two && !holds(starters, words[0])) continue;
    words.erase(words.begin(), words.begin() + (two ? 2 : 1));
    while (words.size() > 1 && words[0].substr(0, 1) == "-") words.erase(words.begin());
    dropped = true;
  }
}

Run run_of(std::vector<std::string> words) {
  drop_starters(words);
  Run run;
  const std::size_t slash = words[0].rfind('/');
  run.program = slash == std::string::npos ? words[0] : words[0].substr(slash + 1);
  const ProgramRow* row = row_of(run.program);
  std::uint32_t left = row == nullptr ? 0 : row->depth;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word.substr(0, 1) == "-" && word.size() > 1) {
      run.words.push_back(word.substr(0, word.find('=')));
      if (row != nullptr && letters::lists(row->takes, word)) ++i;
      continue;
    }
    if (left > 0 && is_subcommand(word)) {
      run.subcommand += (run.subcommand.empty() ? "" : " ") + word;
      --left;
      if (left == 0 && holds(second_words, run.program + " " + run.subcommand)) left = 1;
      continue;
    }
    left = 0;
    if (word.size() > 2 && !is_placeholder(word)) run.words.push_back(word);
  }
  run.everyday =
      letters::lists(everyday_programs, run.program) || holds(everyday_subcommands, run.program + " " + run.subcommand);
  return run;
}

// A line that is read for its words alone: nothing is known of the machine that it would run on.
struct Nowhere final : shell::Surroundings {
  bool is_directory(const std::string&) const override { return true; }
  std::optional<std::string> top_level(const std::string&) const override { return std::nullopt; }
  std::optional<std::string> variable(std::string_view) const override { return std::nullopt; }
};

}  // namespace

bool is_placeholder(std::string_view word) {
  constexpr std::string_view marks = "<>{}$*|", kinds[] = {"path/to", "example", "your-", "...", "YYYY", "NNN", "XXX"};
  if (word.find_first_of(marks) != std::string_view::npos) return true;
  for (const std::string_view kind : kinds)
    if (word.find(kind) != std::string_view::npos) return true;
  // FILE, BRANCH_NAME
  return word.size() > 1 &&
         std::all_of(word.begin(), word.end(), [](char c) { return letters::is_upper(c) || c == '_'; });
}

std::vector<Run> runs_of(std::string_view line) {
  constexpr std::size_t most_runs = 100;
  std::vector<Run> runs;
  const Nowhere nowhere;
  shell::trace(line, "/", nowhere, [&](const shell::Call& call) {
    if (call.kind != shell::Call::Kind::program || call.program.empty() || runs.size() >= most_runs) return;
    std::vector<std::string> words;
    for (const shell::Value& word : call.words) words.push_back(word.known ? word.text : word.text + "$");
    if (words.empty()) return;
    runs.push_back(run_of(std::move(words)));
    for (const shell::Value& file : call.written)
      if (file.known) runs.back().words.push_back(file.text);
  });
  return runs;
}

bool is_same(const Run& told, const Run& done) {
  if (told.program != done.program || told.subcommand != done.subcommand) return false;
  const bool shares = std::any_of(told.words.begin(), told.words.end(), [&](const std::string& word) {
    return std::find(done.words.begin(), done.words.end(), word) != done.words.end();
  });
  if (told.everyday) return shares;
  return !told.subcommand.empty() || shares || told.words.empty();
}

}  // namespace cascade::usage
