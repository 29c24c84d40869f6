#include "cascade_git/git_program.h"

#include <algorithm>
#include <charconv>

#include "files/run_program.h"
#include "text/ascii.h"

namespace cascade::git {
namespace {

constexpr std::size_t id_bytes = 32;
constexpr int most_milliseconds = 120'000;

constexpr std::size_t most_bytes = std::size_t{64} << 20;

// What a hook's environment says of the repository that the hook is for holds for no other one.
std::vector<std::string> git_words(const GitPlace& place, std::vector<std::string> more) {
  std::vector<std::string> words = {"/usr/bin/env",
                                    "-u",
                                    "GIT_DIR",
                                    "-u",
                                    "GIT_WORK_TREE",
                                    "-u",
                                    "GIT_COMMON_DIR",
                                    "-u",
                                    "GIT_INDEX_FILE",
                                    "GIT_ALLOW_PROTOCOL=none",
                                    "GIT_NO_LAZY_FETCH=1",
                                    "GIT_OPTIONAL_LOCKS=0",
                                    "GIT_NO_REPLACE_OBJECTS=1",
                                    "GIT_GRAFT_FILE=/dev/null",
                                    "LC_ALL=C",
                                    "git",
                                    "--no-pager"};
  if (!place.directory.empty()) words.insert(words.end(), {"-C", place.directory});
  if (!place.git_dir.empty()) words.push_back("--git-dir=" + place.git_dir);
  if (!place.work_tree.empty()) words.push_back("--work-tree=" + place.work_tree);
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// Its output without the last line end; null: it did not end with 0.
std::optional<std::string> output_of(const std::string& git_dir, std::vector<std::string> more, int* exit = nullptr) {
  const auto output = ask_git(git_dir, std::move(more), "", exit);
  return output ? std::optional(std::string(letters::trim(*output))) : std::nullopt;
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = text.find(at);
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return parts;
}

class ProgramStore final : public ObjectStore {
 public:
  explicit ProgramStore(files::ChildProcess git) : git_(std::move(git)) {}

  std::size_t id_size() const override { return id_bytes; }

  // "ID KIND SIZE", the bytes, a line end; or "ID missing".
  ContentPointer read(const ObjectId& id, ObjectKind kind) override {
    const auto head = git_.ask(id.hex(id_bytes), most_milliseconds);
    if (!head) return nullptr;
    const std::vector<std::string> words = split(*head, ' ');
    std::uint64_t size = 0;
    if (words.size() != 3) return nullptr;
    std::from_chars(words[2].data(), words[2].data() + words[2].size(), size);
    auto content = std::make_shared<Content>();
    content->is_large = size > largest_text;
    constexpr std::uint64_t piece = 1 << 20;
    const auto owned = std::make_shared<std::string>();
    for (std::uint64_t rest = size + 1; rest > 0; rest -= std::min(rest, piece)) {
      const auto bytes = git_.take(std::min(rest, piece), most_milliseconds);
      if (!bytes) return nullptr;
      if (!content->is_large) *owned += *bytes;
    }
    constexpr std::string_view kinds[] = {"commit", "tree", "blob"};
    if (words[1] != kinds[static_cast<std::size_t>(kind)]) return nullptr;
    if (!content->is_large) content->bytes = std::string_view(*owned).substr(0, size);
    content->keep = owned;
    return content;
  }

 private:
  files::ChildProcess git_;
};

void read_tags(const std::string& git_dir, RepositoryState& state) {
  const auto listed = output_of(
      git_dir, {"for-each-ref", "refs/tags",
                "--format=%(refname:strip=2)%09%(objecttype)%09%(objectname)%09%(*objectname)%09%(taggerdate:unix)"});
  if (!listed) return;
  for (const std::string& line : split(*listed, '\n')) {
    const std::vector<std::string> parts = split(line, '\t');
    if (parts.size() != 5) continue;
    const auto commit = id_of_hex(parts[1] == "tag" ? parts[3] : parts[2], id_bytes);
    if (!commit) continue;
    Tag tag{parts[0], *commit, 0};
    std::from_chars(parts[4].data(), parts[4].data() + parts[4].size(), tag.time);
    state.tags.push_back(std::move(tag));
  }
  std::sort(state.tags.begin(), state.tags.end(), [](const Tag& a, const Tag& b) { return a.name < b.name; });
}

}  // namespace

GitAnswer run_git(const GitPlace& place, std::vector<std::string> words, const std::string& input) {
  files::ProgramCall call;
  call.words = git_words(place, std::move(words));
  call.input = input;
  call.environment = files::process_environment();
  call.milliseconds = most_milliseconds;
  call.max_bytes = most_bytes;
  auto run = files::run_program(call);
  if (!run) return {};
  return {run->exit_code, std::move(run->output), std::move(run->errors)};
}

bool git_trusts(const std::string& directory) {
  return run_git({directory, {}, {}}, {"rev-parse", "--git-dir"}).exit == 0;
}

std::optional<std::string> ask_git(const std::string& git_dir, std::vector<std::string> words, const std::string& input,
                                   int* exit) {
  GitAnswer answer = run_git({{}, git_dir, {}}, std::move(words), input);
  if (exit != nullptr) *exit = answer.exit;
  if (answer.exit != 0 || answer.output.size() >= most_bytes) return std::nullopt;
  return std::move(answer.output);
}

std::unique_ptr<ObjectStore> open_git_program(const std::string& git_dir) {
  auto started = files::ChildProcess::start(git_words({{}, git_dir, {}}, {"cat-file", "--batch"}));
  if (!started) return nullptr;
  return std::make_unique<ProgramStore>(*std::move(started));
}

RepositoryState ask_git_program(const std::string& git_dir, const std::string& branch) {
  RepositoryState state;
  state.git_dir = git_dir;
  state.sha256 = true;
  int exit = 0;
  const std::string revision = (branch.empty() ? "HEAD" : branch) + "^{commit}";
  const auto head = output_of(git_dir, {"rev-parse", "--verify", "--quiet", "--end-of-options", revision}, &exit);
  const auto id = head ? id_of_hex(*head, id_bytes) : std::nullopt;
  constexpr int no_such_program = 127;
  if (exit == no_such_program)
    state.error = "sha256";
  else if (!id)
    state.error = branch.empty() && exit == 1 ? "empty" : "revision";
  if (!state.error.empty()) return state;
  state.head = *id;
  state.branch =
      branch.empty() ? output_of(git_dir, {"symbolic-ref", "--quiet", "--short", "HEAD"}).value_or("HEAD") : branch;
  const std::string common = output_of(git_dir, {"rev-parse", "--git-common-dir"}).value_or(git_dir);
  for (const std::string& line : lines_of_file(common + "/shallow"))
    if (const auto cut = id_of_hex(line, id_bytes)) state.shallow.insert(*cut);
  state.grafts = static_cast<std::uint32_t>(lines_of_file(common + "/info/grafts").size());
  const auto replaced = output_of(git_dir, {"for-each-ref", "--format=x", "refs/replace"});
  state.replaced = replaced && !replaced->empty() ? static_cast<std::uint32_t>(split(*replaced, '\n').size()) : 0;
  state.is_partial = output_of(git_dir, {"config", "--get-regexp",
                                         "^(remote\\..*\\.(promisor|partialclonefilter)|extensions\\.partialclone)$"})
                         .has_value();
  read_tags(git_dir, state);
  return state;
}

}  // namespace cascade::git
