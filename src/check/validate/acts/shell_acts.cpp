// Follows a text as the shell would (src/core/shell) and holds each program that would start, and each file that would
// be written, against the tables. A part that cannot be read is left out, and the rest is read on, so that one torn
// line hides nothing behind it.
#include "validate/acts/act.h"

#include <algorithm>
#include <set>

#include "shell/script.h"
#include "shell/trace.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/names.h"
#include "text/suggestion.h"
#include "text/word_set.h"
#include "text/words.h"
#include "validate/reading/lists.h"
#include "validate/reading/shell.h"
#include "validate/rules/commands.h"

namespace cascade::validation {
namespace {

using shell::Call, shell::Value;

constexpr std::string_view runs_made_file = "runs a file that it made";
constexpr std::string_view of_environment = "the secrets of the environment";
constexpr std::string_view env_topics =
    "env environment variable variables secret secrets credential credentials debug";

// Nothing outside of the text is known.
struct Nowhere final : shell::Surroundings {
  bool follows_elsewhere() const override { return true; }
  bool sees_printers() const override { return true; }
  std::optional<std::string> variable(std::string_view name) const override {
    return name == "HOME" ? std::optional<std::string>("~") : std::nullopt;
  }
};

std::string written_as(const Value& word) {
  return word.known ? word.text : word.sketch.empty() ? word.text : word.sketch;
}

bool has_word(const std::vector<std::string>& words, std::string_view wanted) {
  const auto is_in = [](std::string_view one, const std::string& word) {
    return fits(one, word) || any_of_list(word, ',', [&](std::string_view item) { return fits(one, item); });
  };
  return any_of_list(wanted, '|', [&](std::string_view one) {
    return std::ranges::any_of(words, [&](const std::string& word) { return is_in(one, word); });
  });
}

bool fits(const ProgramRow& row, const std::string& program, const std::vector<std::string>& words) {
  if (!any_of_list(row.program, '|', [&](std::string_view one) { return letters::equals_lower(program, one); }))
    return false;
  return !any_of_list(row.words, ' ', [&](std::string_view wanted) {
    const bool refused = wanted.front() == '~';
    return has_word(words, wanted.substr(refused ? 1 : 0)) == refused;
  });
}

// What is sent is a file, or what another program printed.
bool hands_over(const Call& call, const std::vector<std::string>& words) {
  return letters::is_one_of(call.program, {"scp", "rsync"}) ||
         std::ranges::any_of(words,
                             [](const std::string& word) {
                               return word.starts_with("@") || has_part(word, {"=@"}) || word == "-T" ||
                                      word == "--upload-file" || word.starts_with("--post-file");
                             }) ||
         std::ranges::any_of(call.words, &Value::is_output);
}

std::string host_after_variable(std::string_view word) {
  const std::string_view host = word.substr(word.rfind('}') + 1);  // of none: 0
  return std::string(host.substr(std::min(host.find_first_not_of('.'), host.size())));
}

// "$part.drop.example": two labels at least stand behind the variable.
bool has_host_behind_variable(std::string_view word) {
  const std::string host = host_after_variable(word);
  return host.size() < word.size() && host.find('.') != std::string::npos && letters::is_letter(host.front());
}

// rm -r with a home, what is directly in it, or a folder of the system.
bool removes_all(std::string_view program, const std::vector<std::string>& words) {
  if (program != "rm") return false;
  const auto recursive = [](const std::string& word) {
    return word == "--recursive" ||
           (word.starts_with('-') && !word.starts_with("--") && word.find_first_of("rR") != std::string::npos);
  };
  const auto precious = [](const std::string& word) {
    return letters::is_one_of(
        word,
        {"/",           "/*",         "~",         "~/",     "~/*",      "~/.*",        "/home",         "/home/*",
         "/Users",      "/Users/*",   "/etc",      "/usr",   "/var",     "~/Documents", "~/Documents/*", "~/Desktop",
         "~/Desktop/*", "~/Pictures", "~/Library", "~/.ssh", "~/.gnupg", "~/.aws"});
  };
  return std::ranges::any_of(words, recursive) && std::ranges::any_of(words, precious);
}

bool is_disk(std::string_view path) {
  return starts_with_part(path, {"/dev/sd", "/dev/nvme", "/dev/disk", "/dev/hd", "/dev/vd", "/dev/mapper/"});
}

// Of several commands of one program the package shows which is meant.
std::string_view longest_of(const std::vector<std::string>& words) {
  std::string_view longest;
  for (const std::string& word : words)
    if (!word.starts_with('-') && word.size() > longest.size()) longest = word;
  return longest;
}

std::string host_of(const std::vector<std::string>& words) {
  for (const std::string& word : words)
    if (std::string host = host_in(word); !host.empty()) return host;
  return {};
}

bool names_secret(const std::string& word) {
  return has_part(letters::to_lower(word), {"token", "secret", "passw", "key"});
}

// -o, -so: the file comes next.
bool names_output(const std::string& option) {
  return letters::is_one_of(option, {"-o", "-O", "--output", "--output-document", "-out"}) ||
         (option.size() > 2 && option[0] == '-' && option[1] != '-' && option.back() == 'o');
}

bool looks_for_secret(const ShellCommand& command) { return std::ranges::any_of(command.words, names_secret); }

bool is_search(std::string_view program) { return letters::is_one_of(program, {"grep", "rg", "awk", "sed"}); }

// sed 's/FAILED/PASSED/', sed '/FAIL/d'.
bool bends_results(const std::string& program, const std::string& word) {
  return letters::is_one_of(program, {"sed", "perl", "awk"}) &&
         (turns_good(word) || switches_tests_off(word) ||
          (program == "sed" && word.ends_with("/d") && names_bad_result(word)));
}

// Lists write "_" as a blank.
std::string as_in_lists(std::string_view text) {
  std::string plain(text);
  std::ranges::replace(plain, '_', ' ');
  return plain;
}

// exec(x), eval x, .then(eval) in one line with what downloads; not pattern.exec(x).
bool runs_download_in(const std::vector<std::string>& words, std::string_view program) {
  const auto has_fetcher = [](const std::string& word) { return has_part(as_in_lists(word), lists::fetchers); };
  if (std::ranges::none_of(words, has_fetcher)) return false;
  const std::string plain = as_in_lists(program);
  for (const std::string_view word : lists::evaluators)
    for (std::size_t at = plain.find(word); at != std::string::npos; at = plain.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      const bool begins = at == 0 || (!letters::is_word(plain[at - 1]) &&
                                      (plain[at - 1] != '.' || word.find(' ') != std::string_view::npos));
      if (begins && (end == plain.size() || !letters::is_word(plain[end]))) return true;
    }
  return false;
}

class ShellActs {
 public:
  ShellActs(std::string_view text, std::size_t begin, std::size_t depth) : text_(text), begin_(begin), depth_(depth) {}

  void follow(std::string_view part) {
    shell::trace(part, "/here", Nowhere(), [&](const Call& call) { see(call); });
  }
  // Programs that start others are read past: of "npx x" its own options say where a package comes from, and "env"
  // alone prints all variables. What the shell itself prints and asks starts nothing.
  void starters(std::string_view part) {
    const std::vector<ShellCommand> commands = parse_shell(part);
    const bool schedules =
        std::ranges::any_of(commands, [](const ShellCommand& one) { return one.program() == "crontab"; });
    for (const ShellCommand& command : commands) {
      const std::string program(command.program());
      if (schedules && letters::is_one_of(program, {"echo", "printf"}))
        for (const std::string& word : command.words) later(word);
      if (command.words.size() == 1 && command.words[0] == "env" && command.joint == Joint::pipe &&
          is_search(commands[command.into].program()) && looks_for_secret(commands[command.into]))
        add(Deed::secret, "env", "env", of_environment, env_topics, "-");
      if (!letters::is_one_of(program, {"npx", "bunx", "uvx", "pnpx", "echo", "printf", "read"})) continue;
      const std::vector<std::string> words(command.arguments().begin(), command.arguments().end());
      take(program, words, host_of(words));
    }
  }
  // What a line shows where the trace cannot: a secret in the list of a loop, a loop without an end.
  void read_lines() {
    append(acts_, acts_of_loops(text_, begin_));
    for (const letters::Line whole : letters::lines(text_)) {
      const std::string_view line = letters::trim(whole);
      if (line.starts_with('#')) continue;
      const PlaceRow* row = place_in(line, false);
      if (is_connection(line) && has_part(line, {"0>&1"}))
        add(Deed::rights, line, "", "lets another machine give commands to this one", {});
      if (row != nullptr && (row->deed == Deed::secret || row->deed == Deed::sends) && !has_part(line, {"--exclude"}) &&
          !has(*row))
        add(row->deed, row->part, std::string(row->part), row->what, row->topics, row->home);
    }
  }
  std::vector<Act> take() { return std::move(acts_); }

 private:
  bool has(const PlaceRow& row) {
    if (!had_.insert(&row).second) return true;  // asked before: found then, or added
    return std::ranges::any_of(
        acts_, [&](const Act& act) { return act.what == row.what || act.object.find(row.part) != std::string::npos; });
  }

  // Where the word stands, rather by itself than within another ("rm" in "terraform").
  std::size_t place_of(std::string_view word) const {
    constexpr int most_tries = 32;
    const std::size_t first = text_.find(word);
    std::size_t at = first;
    for (int tries = 0; tries < most_tries && at != std::string_view::npos; at = text_.find(word, at + 1), ++tries) {
      const std::size_t end = at + word.size();
      if ((at == 0 || !letters::is_word(text_[at - 1])) && (end >= text_.size() || !letters::is_word(text_[end])))
        return at;
    }
    return first;
  }

  void add(Deed deed, std::string_view near, std::string object, std::string_view what, std::string_view topics,
           std::string_view home = {}) {
    const std::size_t at = place_of(near.substr(0, near.find("${")));
    acts_.push_back({deed, begin_ + (at == std::string_view::npos ? 0 : at), std::move(object), what, topics, home});
  }

  void see(const Call& call) {
    for (const Value& file : call.written) {
      const std::string path = written_as(file);
      if (const PlaceRow* row = place(path, true); row != nullptr && row->deed == Deed::starts) later(call);
      // Not a look whether somebody listens there.
      if (is_connection(path) && call.words.size() > 1 && call.kind == Call::Kind::program)
        add(Deed::sends, call.program, call.program, sends_a_file, "-");
      if (is_disk(path)) add(Deed::destroys, path, path, "overwrites a disk", {});
    }
    if (letters::is_one_of(call.program, {"at", "batch"}) && call.input) later(*call.input);
    if (call.pipeline == 0 || call.pipeline != pipeline_) first_of_pipeline_ = acts_.size();
    pipeline_ = call.pipeline;
    if (call.kind == Call::Kind::program && !call.words.empty()) started(call);
  }

  static bool is_connection(std::string_view text) { return has_part(text, {"/dev/tcp/", "/dev/udp/"}); }

  // echo 'x' >> ~/.bashrc: x is what every later shell runs.
  void later(const Call& call) {
    std::string line;
    for (std::size_t i = 1; i < call.words.size(); ++i) line += written_as(call.words[i]) + ' ';
    later(call.input && line.empty() ? *call.input : line);
  }
  void later(std::string_view line) {
    // "*/5 * * * * x" of a schedule
    const bool five = !line.empty() && (line[0] == '*' || letters::is_digit(line[0]));
    for (int field = five ? 5 : line.starts_with('@') ? 1 : 0; field > 0; --field)
      line = letters::trim(line.substr(std::min(line.find_first_of(" \t"), line.size())));
    for (Act& act : acts_of_shell(line, 0, depth_ + 1)) {
      act.at = begin_ + std::min(text_.find(act.object), text_.size() - 1);
      if (act.what == runs_download) act.what = runs_download_itself;
      acts_.push_back(std::move(act));
    }
  }

  void started(const Call& call) {
    std::vector<std::string> words;
    bool left_out = false;  // --exclude ~/.ssh
    for (std::size_t i = 1; i < call.words.size(); ++i) {
      std::string word = written_as(call.words[i]);
      const bool leaves_out = letters::is_one_of(word, {"--exclude", "--iexclude", "--ignore"});
      if (!left_out && !word.starts_with("--exclude=") && !word.starts_with("--ignore="))
        words.push_back(std::move(word));
      left_out = leaves_out;
    }
    const bool copies = letters::is_one_of_lower(call.program, {"cp", "mv", "ln", "install", "dd", "tar", "zip"});
    const bool writes = copies || letters::is_one_of_lower(call.program, {"tee", "sed", "rm", "truncate", "shred"});
    const bool each = letters::is_one_of_lower(call.program, {"tee", "rm", "truncate", "shred"});
    for (std::size_t i = 0; i < words.size(); ++i) place(words[i], writes && (each || i + 1 == words.size()));
    take(call.program, words, host_of(words));
    if (only_asks(call, words)) drop_secrets();
    if (hands_over(call, words))
      for (std::size_t i = before_program_; i < acts_.size(); ++i)
        if (acts_[i].deed == Deed::sends) acts_[i].what = sends_a_file;
    hidden(call);
    of_download(call, words);
    if (call.program == "dd" && writes_listed_disk(call)) add(Deed::destroys, "dd", "dd", "overwrites a disk", {});
    if (removes_all(call.program, words)) add(Deed::destroys, call.program, "rm", "removes a home or the system", {});
    inner(call.program, words);
    for (const std::string& word : words)
      if (bends_results(call.program, word)) add(Deed::falsifies, word, word, "changes bad results", {});
    named(call);
    if (pipes_environment(call, words)) add(Deed::secret, call.program, "env", of_environment, env_topics, "-");
  }

  // for d in /dev/sd?; do dd of="$d"
  bool writes_listed_disk(const Call& call) const {
    return has_part(text_, {"/dev/sd", "/dev/nvme"}) && std::ranges::any_of(call.words, [](const Value& word) {
             return !word.known && written_as(word).starts_with("of=$");
           });
  }

  // A name that is asked for and holds what another program printed.
  void named(const Call& call) {
    if (!letters::is_one_of(call.program, {"dig", "nslookup", "host", "ping", "drill"})) return;
    const auto encodes = [&] { return has_part(text_, {"base64", "xxd", "hexdump", "od -", ".env", "base32"}); };
    for (const Value& word : call.words)
      if (!word.known && (word.is_output || (encodes() && has_host_behind_variable(written_as(word)))))
        add(Deed::sends, call.program, host_after_variable(written_as(word)), asks_for_name, {});
  }
  // env | grep -i token
  bool pipes_environment(const Call& call, const std::vector<std::string>& words) const {
    if (!is_search(call.program)) return false;
    const auto first = acts_.begin() + static_cast<std::ptrdiff_t>(std::min(first_of_pipeline_, acts_.size()));
    return std::ranges::find(first, acts_.end(), Deed::environment, &Act::deed) != acts_.end() &&
           std::ranges::any_of(words, names_secret);
  }

  // find ... | grep -q .: whether there is one, which nobody reads.
  static bool only_asks(const Call& call, const std::vector<std::string>& words) {
    return is_search(call.program) && std::ranges::any_of(words, [](const std::string& word) {
             return word.size() > 1 && word[0] == '-' && word[1] != '-' && word.find('q') != std::string::npos;
           });
  }
  void drop_secrets() {
    const auto first = acts_.begin() + static_cast<std::ptrdiff_t>(std::min(first_of_pipeline_, acts_.size()));
    acts_.erase(std::remove_if(first, acts_.end(), [](const Act& act) { return act.deed == Deed::secret; }),
                acts_.end());
    before_program_ = std::min(before_program_, acts_.size());
  }

  // A program of the tables whose name stands nowhere in the text, or that another one decodes.
  void hidden(const Call& call) {
    const bool decoded =
        call.program.empty() && call.words[0].is_output && has_part(text_, {"-d"}) && has_part(text_, {"base64"});
    if (decoded || (!call.program.empty() && is_program_of_acts(call.program) &&
                    text_.find(call.program) == std::string_view::npos))
      add(Deed::conceals, written_as(call.words[0]), call.program, "hides the name of the program that it runs", {});
  }

  // A file that a download or a decoder made, and that is started.
  void of_download(const Call& call, const std::vector<std::string>& words) {
    const std::string first = written_as(call.words[0]);
    const bool by_shell = is_interpreter(call.program) && !words.empty();
    const auto run = [&](const std::string& file) {
      if (made_.count(file) != 0) add(Deed::evaluates, first, file, runs_made_file, {});
    };
    run(first);
    if (by_shell) std::for_each(words.begin(), words.end(), run);
    const bool makes =
        std::any_of(acts_.begin() + static_cast<std::ptrdiff_t>(before_program_), acts_.end(),
                    [](const Act& act) { return act.deed == Deed::fetches || act.deed == Deed::decodes; });
    if (!makes) return;
    for (const Value& file : call.written) made_.insert(written_as(file));
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
      if (names_output(words[i])) made_.insert(words[i + 1]);
  }

  // node -e "..."
  void inner(const std::string& program, const std::vector<std::string>& words) {
    const bool script = letters::is_one_of(program, {"node", "bun", "deno"});
    if (!script && !program.starts_with("python") && !letters::is_one_of(program, {"ruby", "perl", "php"})) return;
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
      if (letters::is_one_of(words[i], {"-e", "-c", "-p", "-r", "-E", "-ne", "-pe", "eval", "--eval"})) {
        if (runs_download_in(words, words[i + 1]))
          add(Deed::evaluates, text_.find(words[i + 1]) == std::string_view::npos ? program : words[i + 1], program,
              runs_download_itself, {});
        append(acts_, acts_of_program(words[i + 1], script ? "x.js" : "x.py", depth_ + 1),
               begin_ + std::min(text_.find(program), text_.size()));
      }
  }

  void take(const std::string& program, const std::vector<std::string>& words, const std::string& host) {
    before_program_ = acts_.size();
    for (const ProgramRow& row : program_rows()) {
      if (!fits(row, program, words)) continue;
      const bool reaches = row.deed == Deed::sends || row.deed == Deed::fetches;
      add(row.deed, row.deed == Deed::unpinned ? longest_of(words) : program, reaches ? host : program, row.what,
          row.topics);
    }
    if (const std::string name = near_name(program, words); !name.empty())
      add(Deed::foreign, name, name, near_known, {});
  }
  const PlaceRow* place(const std::string& word, bool written) {
    const PlaceRow* row = place_in(word, written);
    if (row != nullptr) add(row->deed, row->part, word, row->what, row->topics, row->home);
    return row;
  }

  std::string_view text_;
  std::size_t begin_, depth_, pipeline_ = 0, first_of_pipeline_ = 0, before_program_ = 0;
  std::set<std::string> made_;
  std::set<const PlaceRow*> had_;
  std::vector<Act> acts_;
};

// "$ npm test" in a page shows a prompt.
std::string without_prompts(std::string_view text) {
  std::string plain(text);
  for (std::size_t at = 0; at != std::string::npos && at < plain.size(); at = plain.find('\n', at)) {
    if (plain[at] == '\n') ++at;
    while (at < plain.size() && letters::is_blank(plain[at])) ++at;
    if (at + 1 < plain.size() && (plain[at] == '$' || plain[at] == '%') && plain[at + 1] == ' ') plain[at] = ' ';
  }
  return plain;
}

// The text with calls behind it of its functions that nothing in it calls: another file does.
std::string with_calls(std::string text) {
  constexpr int most = 64;
  std::string calls;
  std::size_t at = text.find("()");
  for (int seen = 0; at != std::string::npos && seen < most; at = text.find("()", at + 2), ++seen) {
    std::size_t begin = at;
    while (begin > 0 && letters::is_name(text[begin - 1])) --begin;
    const std::string name = text.substr(begin, at - begin);
    std::size_t other = name.empty() ? 0 : text.find(name);
    while (other != std::string::npos && (other == begin || letters::is_name(text[other + name.size()])))
      other = text.find(name, other + 1);
    if (other == std::string::npos) calls += "\n" + name + " \"$@\"";
  }
  return std::move(text) + calls;
}

// A package is suspect whose name is one edit from a well-known name: a letter more, less or another, or two of them
// exchanged. Short names are left out, since there every word is near another one; well-known names themselves are not
// suspects, however near they are to each other. Of a name of several parts the first counts too, but not by a letter
// more or less ("color-convert" is no slip of "colors").

constexpr std::size_t shortest = 5;

// What a registry knows a package by: behind an alias ("old@npm:react@17") the name it stands for, and whatever the
// case and the signs between its words are, which registries take for one.
std::string registered_name(std::string_view word) {
  if (const std::size_t alias = word.find("npm:"); alias != std::string_view::npos) word.remove_prefix(alias + 4);
  std::string name = letters::to_lower(word.substr(0, word.find_first_of("=<>~[@", 1)));
  for (char& c : name)
    if (c == '_' || c == '.') c = '-';
  return name;
}

bool is_near(std::string_view name, std::string_view known) {
  const std::string_view first = name.substr(0, name.find('-'));
  if (any_of_list(known, ' ', [&](std::string_view one) { return one == name || one == first; })) return false;
  return any_of_list(known, ' ', [&](std::string_view one) {
    if (one.size() < shortest) return false;
    return letters::edit_distance(name, one, 1) == 1 ||
           (first.size() < name.size() && first.size() == one.size() && letters::edit_distance(first, one, 1) == 1);
  });
}

}  // namespace

bool fits(std::string_view pattern, std::string_view word) {
  return pattern.find('*') == std::string_view::npos ? letters::equals_folded(word, pattern)
                                                     : letters::matches_wildcard(pattern, word);
}

const PlaceRow* place_in(std::string_view text, bool written) noexcept {
  const PlaceRow* found = nullptr;
  for (const PlaceRow& row : place_rows()) {
    if (row.reads ? written : !written) continue;
    const std::size_t at = text.find(row.part);
    if (at == std::string_view::npos || (found != nullptr && found->part.size() >= row.part.size())) continue;
    const std::string_view behind = text.substr(at + row.part.size());
    const bool whole = behind.empty() || !letters::is_word(behind.front()) || row.part.back() == '_' ||
                       row.part.ends_with("credentials");
    const std::string_view rest = text.substr(at, text.find_first_of(" \t\n\r\"'`,;)", at) - at);
    if (whole && !rest.ends_with(".pub")) found = &row;  // the public half
  }
  return found;
}

std::vector<Act> acts_of_shell(std::string_view text, std::size_t begin, std::size_t depth) {
  if (depth > most_depth_of_acts) return {};
  constexpr int most_parts = 64;
  constexpr std::size_t longest = 65'536;
  const std::string plain = with_calls(without_prompts(text.substr(0, longest)));
  ShellActs acts(plain, begin, depth);
  acts.starters(plain);
  std::string_view rest = plain;
  for (int part = 0; part < most_parts && !rest.empty(); ++part) {
    const shell::Reading reading = shell::read(rest);
    if (reading.complete) {
      acts.follow(rest);
      break;
    }
    const std::size_t fault = std::min(reading.fault_offset, rest.size());
    const std::size_t line = rest.rfind('\n', fault == 0 ? 0 : fault - 1);
    const std::size_t good = line == std::string_view::npos ? 0 : line + 1;
    if (good > 0) acts.follow(rest.substr(0, good));
    rest.remove_prefix(std::min(rest.find('\n', std::max(fault, good)), rest.size() - 1) + 1);
  }
  acts.read_lines();
  std::vector<Act> found = acts.take();
  if (const std::size_t at = made_up_figure(plain); depth == 0 && at < text.size())
    found.push_back({Deed::falsifies, begin + at, {}, makes_up, invented_topics, {}});
  const Act* const fetch = letters::find_first(found, &Act::deed, Deed::fetches);
  if (fetch == nullptr || letters::find_first(found, &Act::what, runs_made_file) != nullptr) return found;
  const std::size_t first = fetch->at;
  for (std::string& source : downloads_run_by(plain)) {
    if (is_known_installer(source)) continue;
    const std::size_t at = plain.find(source);
    found.push_back(
        {Deed::evaluates, at == std::string::npos ? first : begin + at, std::move(source), runs_download, {}, {}});
  }
  return found;
}

std::string near_name(std::string_view program, const std::vector<std::string>& words) {
  const bool starts = letters::is_one_of(program, {"npx", "uvx", "bunx", "pnpx"});
  const auto is_verb = [](const std::string& word) { return letters::is_one_of(word, {"install", "add", "i"}); };
  const auto verb = std::ranges::find_if(words, is_verb);
  if (!starts && verb == words.end()) return {};
  for (const WellKnownRow& row : well_known_rows()) {
    if (!any_of_list(row.managers, ' ', [&](std::string_view one) { return one == program; })) continue;
    for (auto word = starts ? words.begin() : verb + 1; word != words.end(); ++word) {
      const std::string name = registered_name(*word);
      if (!name.starts_with('-') && is_near(name, row.names)) return *word;
      if (starts && !name.starts_with('-')) break;  // what follows is its own
    }
  }
  return {};
}

}  // namespace cascade::validation
