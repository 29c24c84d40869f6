#include "library/shelf.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "files/paths.h"
#include "files/process.h"
#include "files/run_program.h"
#include "git/address.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/word_set.h"
#include "unicode/utf8.h"

namespace cascade::collection {
namespace {

constexpr std::uint32_t two_minutes = 120'000;

// The user's own git stays as it is set up (proxies, credential helpers, insteadOf), but what points git at another
// repository or makes it ask is taken out.
std::vector<std::string> environment_for_git() {
  std::vector<std::string> environment;
  bool has_ssh = false;
  for (std::string& variable : files::process_environment()) {
    const auto is = [&](std::string_view name) { return variable.starts_with(name); };
    const bool stays = is("GIT_CONFIG_GLOBAL=") || is("GIT_CONFIG_SYSTEM=") || is("GIT_CONFIG_NOSYSTEM=") ||
                       is("GIT_SSL_") || is("GIT_SSH=") || is("GIT_SSH_COMMAND=");
    has_ssh = has_ssh || is("GIT_SSH");
    if ((is("GIT_") && !stays) || is("SSH_ASKPASS") || is("LC_ALL=") || is("LANGUAGE=")) continue;
    environment.push_back(std::move(variable));
  }
  for (const char* variable : {"GIT_TERMINAL_PROMPT=0", "GIT_ALLOW_PROTOCOL=https:ssh:file", "GIT_OPTIONAL_LOCKS=0",
                               "GIT_NO_LAZY_FETCH=1", "GIT_LFS_SKIP_SMUDGE=1", "SSH_ASKPASS_REQUIRE=never", "LC_ALL=C"})
    environment.emplace_back(variable);
  if (!has_ssh) environment.emplace_back("GIT_SSH_COMMAND=ssh -oBatchMode=yes");
  return environment;
}

// The first line that says why, without git's "fatal: ".
std::string reason(const files::ProgramRun& run) {
  if (run.timed_out) return "git did not end within two minutes";
  if (run.was_stopped) return "it is larger than 256 MiB";
  std::string_view said;
  for (const letters::Line row : letters::lines(letters::trim(run.errors))) {
    const std::string_view line = letters::trim(row);
    const bool is_reason = line.starts_with("fatal: ") || line.starts_with("ERROR: ");
    if (said.empty() || (is_reason && !said.starts_with("fatal: "))) said = line;
  }
  if (said.starts_with("fatal: ")) said.remove_prefix(7);
  return said.empty() ? "git ended with " + std::to_string(run.exit_code) : unicode::displayable(said);
}

std::uint64_t bytes_below(const files::DiskTree& tree, const std::string& folder) {
  std::uint64_t bytes = 0;
  if (const auto entries = tree.list(folder))
    for (const files::Entry& entry : *entries)
      if (const auto stamp = tree.stat(files::join(folder, entry.name))) bytes += stamp->size;
  return bytes;
}

class Git {
 public:
  explicit Git(const FetchRequest& request) : request_(request), environment_(environment_for_git()) {}

  Result<std::string> run(const std::vector<std::string>& words, std::string input = {},
                          std::size_t max_bytes = std::size_t{64} << 20) const {
    files::ProgramCall call;
    call.words = {request_.git};
    for (const char* setting :
         {"core.hooksPath=/dev/null", "core.fsmonitor=false", "gc.auto=0", "maintenance.auto=false",
          "core.askPass=", "credential.interactive=false", "transfer.bundleURI=false"})
      call.words.insert(call.words.end(), {"-c", setting});
    call.words.push_back("--git-dir=" + request_.folder);
    call.words.insert(call.words.end(), words.begin(), words.end());
    call.input = std::move(input);
    call.environment = environment_;
    call.milliseconds = two_minutes;
    call.max_bytes = max_bytes;
    call.may_go_on = [packs = files::join(request_.folder, "objects/pack")](int, std::uint64_t) {
      return bytes_below(files::DiskTree(), packs) <= largest_library;
    };
    auto ran = files::run_program(call);
    if (!ran) return ran.error();
    if (ran->exit_code == 0 && !ran->timed_out && !ran->was_stopped) return std::move(ran->output);
    const ErrorCode code = ran->timed_out     ? ErrorCode::unreadable
                           : ran->was_stopped ? ErrorCode::unsupported
                                              : ErrorCode::not_found;
    return Error{code, "cannot be fetched: " + reason(*ran), request_.address,
                 files::is_absolute(request_.address) ? "a library is a git repository with a commit"
                                                      : "try: git ls-remote " + request_.address};
  }

  // The texts of these objects, in their order.
  Result<std::vector<std::string>> texts(const std::vector<TreeEntry>& entries) const {
    constexpr std::size_t head = 128;  // "<object> blob <size>", at most
    std::string asked;
    for (const TreeEntry& entry : entries) asked += entry.object + "\n";
    const auto answer = run({"cat-file", "--batch"}, std::move(asked), largest_library + entries.size() * head);
    if (!answer) return answer.error();
    std::vector<std::string> texts;
    std::size_t at = 0;
    for (const TreeEntry& entry : entries) {
      const std::size_t line = answer->find('\n', at);
      const std::string_view first = std::string_view(*answer).substr(at, line - at);
      if (line == std::string::npos || first != entry.object + " blob " + std::to_string(entry.size) ||
          line + 1 + entry.size > answer->size())
        return Error{ErrorCode::malformed, "git does not give this file", entry.path, {}};
      texts.push_back(answer->substr(line + 1, entry.size));
      at = line + 1 + entry.size + 1;
    }
    return texts;
  }

 private:
  const FetchRequest& request_;
  std::vector<std::string> environment_;
};

// The number of the file that a link leads to; nothing: a folder, or nothing at all. unsupported: it leaves the folder.
Result<std::optional<std::size_t>> end_of(const std::vector<TreeEntry>& entries, const std::vector<std::string>& texts,
                                          std::size_t at) {
  constexpr int most = 8;
  for (int step = 0; step < most; ++step) {
    if (entries[at].kind != TreeEntry::Kind::link) return std::optional<std::size_t>(at);
    const auto target = link_target(entries[at].path, texts[at]);
    if (!target)
      return Error{ErrorCode::unsupported,
                   "a link of it leads out of its folder, to " + unicode::displayable(texts[at].substr(0, 200)),
                   entries[at].path, "tell its author; nothing was taken"};
    const auto found = std::ranges::lower_bound(entries, *target, {}, &TreeEntry::path);
    if (found == entries.end() || found->path != *target) break;
    at = static_cast<std::size_t>(found - entries.begin());
  }
  return std::optional<std::size_t>();
}

Result<void> take_files(const TreeEntries& entries, const std::vector<std::string>& texts, Fetched& fetched) {
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < entries.taken.size(); ++i) {
    const auto end = end_of(entries.taken, texts, i);
    if (!end) return end.error();
    if (!*end) {
      fetched.left_out.push_back(entries.taken[i].path + ": a link that leads to no file");
      continue;
    }
    bytes += texts[**end].size();
    if (bytes > largest_library)
      return Error{ErrorCode::unsupported, "its links make it larger than 256 MiB", entries.taken[i].path, {}};
    fetched.files.push_back(
        {entries.taken[i].path, texts[**end], entries.taken[**end].kind == TreeEntry::Kind::program});
  }
  return {};
}

}  // namespace

Result<Fetched> fetch(const FetchRequest& request) {
  const Git git(request);
  if (auto made = git.run({"init", "--bare", "--quiet", "--template="}); !made) return made.error();
  const std::string ref = request.ref.empty() ? "HEAD" : request.ref;
  if (auto got = git.run(
          {"fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--", request.address, ref});
      !got)
    return got.error();
  const auto commit = git.run({"rev-parse", "--verify", "--quiet", "FETCH_HEAD^{commit}"});
  if (!commit) return commit.error();
  Fetched fetched;
  fetched.commit = letters::trim(*commit);
  const auto listed = git.run({"ls-tree", "-r", "-z", "-l", "--full-tree", fetched.commit});
  if (!listed) return listed.error();
  auto entries = read_tree_entries(*listed);
  if (!entries) return entries.error();
  const auto texts = git.texts(entries->taken);
  if (!texts) return texts.error();
  fetched.left_out = std::move(entries->left_out);
  if (auto taken = take_files(*entries, *texts, fetched); !taken) return taken.error();
  return fetched;
}

// A tree of git can hold what no work tree of git's own has: whoever makes one by hand may write ".." or ".git" into
// it. So every path is judged here, before anything has it on the disk.
namespace {

constexpr std::size_t most_files = 20'000;

// Names that only look like git's own folder: file systems of others take them for it.
bool is_gits_own(std::string_view name) {
  while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.remove_suffix(1);
  return letters::equals_folded(name, ".git") || letters::equals_folded(name, "git~1");
}

bool is_sound(std::string_view path) {
  constexpr std::size_t longest_name = 255, longest_path = 1'024, deepest = 32;
  if (path.empty() || path.size() > longest_path || !unicode::is_valid(path)) return false;
  if (unicode::displayable(path) != path || path.find('\\') != std::string_view::npos) return false;
  std::size_t depth = 0;
  for (std::size_t begin = 0; begin <= path.size(); ++depth) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view name = path.substr(begin, end - begin);
    if (letters::is_one_of(name, {"", ".", ".."}) || name.size() > longest_name || is_gits_own(name)) return false;
    begin = end + 1;
  }
  return depth <= deepest;
}

Error refused(std::string what, std::string_view path) {
  return {ErrorCode::unsupported, std::move(what), std::string(path), "tell its author; nothing was taken"};
}

Error not_understood() { return {ErrorCode::malformed, "git listed the files in an unknown form", {}, {}}; }

struct Row {
  std::string_view mode, object, size, path;
};

// "100644 blob 3b18e512...      12\tREADME.md"
std::optional<Row> split(std::string_view line) {
  const std::size_t tab = line.find('\t');
  if (tab == std::string_view::npos) return std::nullopt;
  Row row;
  row.path = line.substr(tab + 1);
  std::string_view kind;  // "blob", "commit": the mode says the same
  std::string_view* const words[] = {&row.mode, &kind, &row.object, &row.size};
  std::size_t at = 0;
  letters::each_word(line.substr(0, tab), [&](std::string_view word) {
    if (at < std::size(words)) *words[at++] = word;
  });
  return row;
}

}  // namespace

Result<TreeEntries> read_tree_entries(std::string_view listed) {
  TreeEntries entries;
  std::uint64_t bytes = 0;
  for (std::size_t begin = 0; begin < listed.size();) {
    const std::size_t end = std::min(listed.find('\0', begin), listed.size());
    const auto row = split(listed.substr(begin, end - begin));
    begin = end + 1;
    if (!row) return not_understood();
    if (!is_sound(row->path)) return refused("a file of it has a path that no file may have", row->path);
    TreeEntry entry;
    entry.path = row->path;
    entry.object = row->object;
    if (row->mode == "160000") {
      entries.left_out.push_back(entry.path + ": another repository");
      continue;
    }
    if (std::from_chars(row->size.data(), row->size.data() + row->size.size(), entry.size).ec != std::errc())
      return not_understood();
    entry.kind = row->mode == "120000"   ? TreeEntry::Kind::link
                 : row->mode == "100755" ? TreeEntry::Kind::program
                                         : TreeEntry::Kind::file;
    if (entry.size > largest_file) {
      entries.left_out.push_back(entry.path + ": " + std::to_string(entry.size >> 20) + " MiB");
      continue;
    }
    bytes += entry.size;
    if (entries.taken.size() == most_files || bytes > largest_library)
      return refused("it has more than 20,000 files or 256 MiB", {});
    entries.taken.push_back(std::move(entry));
  }
  std::ranges::sort(entries.taken, {}, &TreeEntry::path);
  const auto twice = std::ranges::adjacent_find(entries.taken, {}, &TreeEntry::path);
  if (twice != entries.taken.end()) return refused("it has two files of one path", twice->path);
  return entries;
}

std::optional<std::string> link_target(std::string_view link, std::string_view text) {
  if (text.empty() || files::is_absolute(text) || text.find('\\') != std::string_view::npos) return std::nullopt;
  std::string target = files::normalise(files::join(files::parent(link), text));
  if (target == ".." || target.starts_with("../")) return std::nullopt;
  return target;
}

namespace {

Error misuse(std::string message, std::string help) {
  return {ErrorCode::misuse, std::move(message), {}, std::move(help)};
}

constexpr const char* forms = "OWNER/REPO, an address of https, ssh or file, or a folder such as ./skills";

// Its last part, without ".git".
std::string name_in(std::string_view address) {
  while (address.size() > 1 && address.back() == '/') address.remove_suffix(1);
  std::string name(address.substr(address.find_last_of("/:") + 1));
  if (name.size() > 4 && name.ends_with(".git")) name.resize(name.size() - 4);
  return name;
}

Result<Source> at_address(std::string_view word, const files::Tree& tree) {
  const std::size_t mark = word.find("://");
  if (mark != std::string_view::npos) {
    if (!letters::is_one_of(word.substr(0, mark), {"https", "ssh", "file"}))
      return misuse("libraries are fetched by https, ssh or file alone", forms);
    const std::string_view host = word.substr(mark + 3, word.find('/', mark + 3) - mark - 3);
    if (const std::size_t at = host.rfind('@'); at != std::string_view::npos && host.find(':') < at)
      return misuse("an address with a password in it would be written down", "let git's credential helper know it");
  }
  return Source{std::string(word), identity_of(word, tree), name_in(word)};
}

Result<Source> at_folder(const std::string& path, const files::Tree& tree) {
  const auto real = tree.real_path(path);
  if (!real) return Error{ErrorCode::not_found, "there is no such folder", path, forms};
  return Source{*real, identity_of(*real, tree), name_in(*real)};
}

bool is_scp_form(std::string_view word) {
  const std::size_t colon = word.find(':');
  return colon != std::string_view::npos && colon > 1 && word.find('/') > colon;
}

}  // namespace

Result<Source> read_source(std::string_view word, const std::string& directory, const std::string& home,
                           const files::Tree& tree) {
  const bool is_plain =
      std::ranges::none_of(word, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7F; });
  if (word.empty() || word.front() == '-' || (!is_plain && word.find(':') != std::string_view::npos))
    return misuse("this is no place to fetch from", forms);
  if (word.find("::") != std::string_view::npos) return misuse("git's helpers for transport are not started", forms);
  if (word.find("://") != std::string_view::npos || is_scp_form(word)) return at_address(word, tree);
  if (word.starts_with("~/") && !home.empty()) return at_folder(files::join(home, word.substr(2)), tree);
  const std::string path = files::join(directory, files::from_native(std::string(word)));
  const bool is_path = files::is_absolute(files::from_native(std::string(word))) || word.front() == '.';
  if (!is_path && std::ranges::count(word, '/') == 1)
    if (const auto hosted = repository::hosted_repository(word))
      return at_address("https://" + hosted->substr(0, hosted->find('/') + 1) + std::string(word), tree);
  if (is_path || tree.stat(path)) return at_folder(path, tree);
  return misuse("\"" + std::string(word) + "\" is neither a repository's address nor a folder", forms);
}

std::string identity_of(std::string_view address, const files::Tree& tree) {
  if (const auto hosted = repository::hosted_repository(address)) return *hosted;
  return address.empty() ? std::string() : repository::normal_address(address, "/", tree);
}

bool is_library_name(std::string_view name) noexcept {
  constexpr std::size_t longest = 64;
  return !name.empty() && name.size() <= longest && letters::is_letter_or_digit(name.front()) &&
         std::ranges::all_of(name, [](char c) { return letters::is_name(c) || c == '.'; });
}

bool is_ref(std::string_view ref) noexcept {
  constexpr std::size_t longest = 200;
  return !ref.empty() && ref.size() <= longest && ref.front() != '-' && ref.find("..") == std::string_view::npos &&
         std::ranges::all_of(
             ref, [](char c) { return letters::is_name(c) || c == '.' || c == '/' || c == '@' || c == '+'; }) &&
         ref.front() != '+';
}

// What goes with a file that is left out is found from the paths alone.
namespace {

constexpr std::string_view skill_file = "SKILL.md";

bool is_below(std::string_view path, std::string_view folder) {
  return path == folder || (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

}  // namespace

std::string holder_of(const std::vector<FetchedFile>& files, std::string_view path) {
  for (std::string_view folder = files::parent(path);; folder = files::parent(folder)) {
    if (std::ranges::find(files, files::join(folder, skill_file), &FetchedFile::path) != files.end())
      return std::string(folder);
    if (folder.empty()) return std::string(path);
  }
}

std::vector<std::string> paths_of(const std::vector<FetchedFile>& files, std::string_view word) {
  while (word.ends_with('/')) word.remove_suffix(1);
  if (word.empty()) return {};
  std::set<std::string> skills, pages;
  for (const FetchedFile& file : files) {
    if (is_below(file.path, word)) return {std::string(word)};
    const std::string_view name = files::file_name(file.path), folder = files::parent(file.path);
    if (name == skill_file && files::file_name(folder) == word) skills.emplace(folder);
    if (name.size() == word.size() + 3 && name.starts_with(word) && name.ends_with(".md")) pages.insert(file.path);
  }
  const std::set<std::string>& named = skills.empty() ? pages : skills;
  return {named.begin(), named.end()};
}

bool leave_out(std::vector<FetchedFile>& files, const std::vector<std::string>& paths) {
  return std::erase_if(files, [&](const FetchedFile& file) {
           return std::ranges::any_of(paths, [&](const std::string& path) { return is_below(file.path, path); });
         }) > 0;
}

}  // namespace cascade::collection
