// SEC007: a download that an interpreter runs unread. Each command is followed as a shell follows it, then each script
// or block of code as a whole, because the program that runs the download may stand lines below. A line that names no
// source only speaks of the habit.
#include "validate/rules/commands.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "files/paths.h"
#include "shell/trace.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "validate/reading/lists.h"
#include "validate/reading/text_model.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

// PowerShell nests with brackets that mean something else in sh.
bool is_powershell_run(std::string_view text) {
  return has_phrase(text, {"iex", "invoke-expression"}) &&
         has_phrase(text, {"iwr", "irm", "invoke-webrequest", "invoke-restmethod", "downloadstring"});
}

bool runs_a_download(std::string_view text) { return is_powershell_run(text) || !downloads_run_by(text).empty(); }

bool holds_anybodys_files(std::string_view host) {
  return std::ranges::any_of(shared_hosts(), [&](const SharedHost& known) {
    const std::string_view name = known.name;
    return host == name || (host.ends_with(name) && host[host.size() - name.size() - 1] == '.');
  });
}

// Whether all that the command downloads comes over TLS from a site with a name of its own, as vendors publish their
// installers. That is no proof, but less than a script in somebody's repository.
bool is_from_a_site(std::string_view text) {
  bool found = false;
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    if (!text.substr(0, at).ends_with("https")) return false;
    const std::string_view host = letters::run_at_begin(text.substr(at + 3), is_dotted);
    const std::string_view top = host.substr(host.rfind('.') + 1);
    const std::size_t end = at + 3 + host.size();
    const bool named = top.size() >= 2 && top.size() < host.size() && letters::is_letter(top.front());
    if (!named || top == "local" || top == "internal" || holds_anybodys_files(host)) return false;
    if (end < text.size() && std::string_view("/\"' ").find(text[end]) == std::string_view::npos) return false;
    found = true;
  }
  return found;
}

// Before a stranger's package is installed, a site of its own is no reason to run what it says.
std::optional<Severity> severity_of(const CommandText& command, Profile profile) {
  if (command.runs != Runs::shown && command.runs != Runs::script) return std::nullopt;  // unasked
  if (profile == Profile::install)
    return is_known_installer(command.text) ? std::optional(Severity::info) : std::nullopt;
  return is_from_a_site(command.text) ? std::optional(Severity::warning) : std::nullopt;
}

void add_finding(const CommandText& command, Findings& findings) {
  findings.add("SEC007", severity_of(command, findings.profile()), command.place,
               "a download goes straight into an interpreter", "download it, read it, then run it");
}

// The block of code around a place, or the whole script.
std::string_view block_around(const Document& document, std::size_t at) {
  constexpr std::size_t longest = 32'768;
  std::string_view text = document.text();
  if (document.role() != Role::script) {
    const Stretch* stretch = document.body().stretch_at(at);
    if (stretch == nullptr || (stretch->kind != Region::fence && stretch->kind != Region::indented)) return {};
    text = text.substr(stretch->begin, stretch->end - stretch->begin);
    if (stretch->kind == Region::fence) {  // without its first and last line
      text.remove_prefix(std::min(text.find('\n'), text.size()));
      text = text.substr(0, text.rfind('\n'));
    }
  }
  return text.size() <= longest ? text : std::string_view();
}

// The longest part of a source that stands in the text as it is: variables are %NAME%.
std::string_view longest_known(std::string_view source) {
  std::string_view longest;
  for (const std::string_view part : letters::parts(source, '%'))
    if (part.size() > longest.size()) longest = part;
  return longest;
}

void blank_line(std::string& text, std::size_t at) {
  const std::size_t begin = text.rfind('\n', at) + 1, after = std::min(text.find('\n', at), text.size());  // of none: 0
  text.replace(begin, after - begin, after - begin, ' ');
}

// A command, and whether it runs a download by itself.
struct Judged {
  CommandText command;
  bool runs = false;
};

// The command that holds the word; null: it is in none. `judged`: by place.
const Judged* command_around(const std::vector<Judged>& judged, std::size_t at) {
  const auto behind = std::upper_bound(judged.begin(), judged.end(), at,
                                       [](std::size_t place, const Judged& one) { return place < one.command.begin; });
  if (behind == judged.begin()) return nullptr;
  const CommandText& command = std::prev(behind)->command;
  return at < command.begin + command.text.size() ? &*std::prev(behind) : nullptr;
}

// A download of one line that another line of the same block runs. Lines that are no commands, because the text forbids
// them or shows them as bad, are left out, and so are those that were found by themselves.
void check_block(const Document& document, std::string_view block, const std::vector<Judged>& judged,
                 Findings& findings) {
  const std::size_t first = static_cast<std::size_t>(block.data() - document.text().data());
  std::string rest(block);
  std::vector<const CommandText*> commands;
  const std::vector<std::size_t>& downloads = document.triggers()[Trigger::download];
  for (auto next = std::lower_bound(downloads.begin(), downloads.end(), first);
       next != downloads.end() && *next < first + block.size(); ++next) {
    const std::size_t at = *next;
    const Judged* const one = command_around(judged, at);
    if (one == nullptr || one->runs)
      blank_line(rest, at - first);
    else if (commands.empty() || commands.back() != &one->command)
      commands.push_back(&one->command);
  }
  if (commands.empty()) return;
  const std::vector<std::string> run = downloads_run_by(rest);
  for (const CommandText* const command : commands)
    if (std::ranges::any_of(run, [&](const std::string& source) {
          return command->text.find(longest_known(source)) != std::string::npos;
        }))
      add_finding(*command, findings);
}

void check_blocks(const Document& document, const std::vector<Judged>& judged, Findings& findings) {
  std::size_t done = 0;
  for (const std::size_t at : document.triggers()[Trigger::download]) {
    if (at < done) continue;
    const std::string_view block = block_around(document, at);
    if (block.empty()) continue;
    check_block(document, block, judged, findings);
    done = static_cast<std::size_t>(block.data() - document.text().data()) + block.size();
  }
}

}  // namespace

void check_remote_execution(const Context&, const Document& document, Findings& findings) {
  std::vector<Judged> judged;
  for_each_command(document, Trigger::download, findings, "SEC007", [&](const CommandText& command) {
    judged.push_back({command, runs_a_download(command.text)});
    if (judged.back().runs) add_finding(command, findings);
  });
  std::ranges::stable_sort(judged, {}, [](const Judged& one) { return one.command.begin; });
  if (has_commands(document.role())) check_blocks(document, judged, findings);
}

// Nothing is run. The shell's own follower (src/core/shell/) asks what programs print and what files hold; here a
// downloader prints, or writes to its file, one word that stands for the download, and other programs hand on what they
// are given. A shell that would run that word, or an interpreter that would read it as its program, runs the download.
namespace {

using shell::Call, shell::Value;

constexpr std::string_view here = "/here", mark_begin = "_download_", mark_end = "_";

// Programs that check a file, or show it to somebody.
constexpr std::string_view checkers =
    "sha256sum sha512sum sha1sum shasum md5sum b2sum cksum gpg gpgv cosign minisign signify openssl rhash less more "
    "bat most view vim vi nano emacs code diff git-diff virustotal clamscan shellcheck slsa-verifier";
// Programs that print the files in their words.
constexpr std::string_view printers = "cat tac head tail sed awk gawk zcat gunzip bzcat xzcat base64 envsubst tr cut";

std::string mark_of(std::size_t number) {
  return std::string(mark_begin) + std::to_string(number) + std::string(mark_end);
}

// The number of the first download that a text holds.
std::optional<std::size_t> marked(std::string_view text) {
  const std::size_t at = text.find(mark_begin);
  if (at == std::string_view::npos) return std::nullopt;
  std::size_t number = 0;
  for (std::size_t i = at + mark_begin.size(); i < text.size() && letters::is_digit(text[i]); ++i)
    number = number * 10 + static_cast<std::size_t>(text[i] - '0');
  return number;
}

bool is_in(std::string_view list, std::string_view program) { return letters::lists(list, letters::to_lower(program)); }

std::string text_of(const Value& value) { return value.known ? value.text : value.sketch; }

class Downloads final : public shell::Surroundings {
 public:
  bool follows_elsewhere() const override { return true; }
  bool keeps_written() const override { return false; }  // a file that somebody looked at is none of ours any more
  // A variable that the text does not set stands for itself, so that "$F" is one file wherever it is named.
  std::optional<std::string> variable(std::string_view name) const override { return "%" + std::string(name) + "%"; }
  std::optional<std::string> printed(const Call& call) const override;
  std::optional<std::string> contents(const std::string& path) const override {
    const auto found = files_.find(path);
    return found == files_.end() ? std::nullopt : std::optional(mark_of(found->second) + "\n");
  }

  void see(const Call& call);
  std::vector<std::string> take() { return std::move(run_); }

 private:
  // What a downloader brings, and where to. `to` empty: to its output.
  struct Fetch {
    std::string source, to;
  };
  static std::optional<Fetch> fetch_of(const Call& call);
  void runs(std::size_t number) {
    const std::string& source = sources_[number];
    if (std::ranges::find(run_, source) == run_.end()) run_.push_back(source);
  }
  std::string path_of(const Call& call, std::string_view word) const;
  std::optional<std::size_t> file_of(const Call& call, const Value& word) const;
  void see_interpreter(const Call& call);
  void see_files(const Call& call, std::size_t number);

  std::vector<std::string> sources_;
  std::map<std::string, std::size_t> files_;  // absolute path and download
  std::vector<std::string> run_;
};

std::string last_part(std::string_view address) {
  address = address.substr(0, address.find_first_of("?#"));
  if (const std::size_t scheme = address.find("://"); scheme != std::string_view::npos)
    address.remove_prefix(scheme + 3);
  const std::size_t slash = std::min(address.rfind('/'), address.size() - 1);  // of none: the end
  return slash + 1 == address.size() ? "index.html" : std::string(address.substr(slash + 1));
}

// Whether a word names a source: "curl | sh" and "curl ... | sh" are names of the habit.
bool names_source(std::string_view word) {
  return std::ranges::any_of(word, [](char c) { return letters::is_name(c) || c == '$' || c == '{'; });
}

std::optional<Downloads::Fetch> Downloads::fetch_of(const Call& call) {
  if (!is_downloader(call.program)) return std::nullopt;
  const bool is_wget = call.program.starts_with("wget");
  Fetch fetch;
  std::string folder;
  bool own_name = false, to_output = false;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const std::string word = text_of(call.words[i]);
    const std::string next = i + 1 < call.words.size() ? text_of(call.words[i + 1]) : std::string();
    const bool is_short = word.size() > 1 && word[0] == '-' && word[1] != '-';
    const char file_letter = is_wget ? 'O' : 'o';
    if (word == "--output" || word == "--output-document" || letters::equals_lower(word, "-outfile")) {
      fetch.to = next;
      ++i;
    } else if (word.starts_with("--output-document=") || word.starts_with("--output=")) {
      fetch.to = word.substr(word.find('=') + 1);
    } else if (word == "-P" || word == "--directory-prefix" || word == "--output-dir") {
      folder = next + "/";
      ++i;
    } else if (word == "--remote-name" || word == "--remote-name-all") {
      own_name = true;
    } else if (const std::size_t at = word.find(file_letter); is_short && at != std::string::npos) {
      fetch.to = at + 1 < word.size() ? word.substr(at + 1) : next;  // -fsSLo FILE, -qO-
      i += at + 1 < word.size() ? 0 : 1;
    } else if (is_short && !is_wget && word.find('O') != std::string::npos) {
      own_name = true;
    } else if (letters::is_one_of(word, {"-H", "--header", "-A", "-d", "--data", "-X"})) {
      ++i;
    } else if (!word.empty() && word[0] != '-' && names_source(word) &&
               (fetch.source.empty() || word.find("://") != std::string::npos)) {
      fetch.source = word;
    }
    to_output = to_output || fetch.to == "-" || fetch.to == "/dev/stdout";
  }
  if (fetch.source.empty()) return std::nullopt;
  if (to_output) fetch.to.clear();
  if (own_name || (!folder.empty() && fetch.to.empty() && !to_output)) fetch.to = last_part(fetch.source);
  if (!fetch.to.empty()) fetch.to = folder + fetch.to;
  return fetch;
}

std::string Downloads::path_of(const Call& call, std::string_view word) const {
  const std::string& directory = call.directory.empty() ? std::string(here) : call.directory;
  while (word.starts_with("./")) word.remove_prefix(2);
  return files::normalise(files::join(directory, word));  // as the shell asks for it
}

std::optional<std::size_t> Downloads::file_of(const Call& call, const Value& word) const {
  const auto found = files_.find(path_of(call, text_of(word)));
  return found == files_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> Downloads::printed(const Call& call) const {
  if (const auto fetch = fetch_of(call)) {
    return fetch->to.empty() ? mark_of(sources_.size()) + "\n" : std::string();  // it is seen next
  }
  if (call.program == "mktemp") return "/tmp/_temporary_\n";
  if (is_in(printers, call.program))
    for (std::size_t i = 1; i < call.words.size(); ++i)
      if (const auto number = file_of(call, call.words[i])) return mark_of(*number) + "\n";
  if (!call.input) return std::nullopt;
  if (const auto number = marked(*call.input)) return mark_of(*number) + "\n";
  return std::nullopt;
}

void Downloads::see(const Call& call) {
  if (call.kind != Call::Kind::program || call.words.empty()) return;
  const std::string first = text_of(call.words.front());
  if (const auto number = marked(first); number && first == mark_of(*number)) return runs(*number);
  if (const auto fetch = fetch_of(call)) {
    sources_.push_back(fetch->source);
    const std::size_t number = sources_.size() - 1;
    if (!fetch->to.empty())
      files_[path_of(call, fetch->to)] = number;
    else if (call.program.starts_with("wget"))
      files_[path_of(call, last_part(fetch->source))] = number;
    return see_files(call, number);
  }
  const bool checks = is_in(checkers, call.program);
  if (checks && std::ranges::any_of(call.words, [](const Value& word) {
        return letters::lists("-c --check --verify", word.text);  // the files stand in a list or in a signature
      }))
    files_.clear();
  if (checks || (call.program == "cat" && call.pipeline == 0 && call.written.empty()))
    for (const Value& word : call.words) files_.erase(path_of(call, text_of(word)));
  if ((call.program == "mv" || call.program == "cp" || call.program == "install") && call.words.size() > 2)
    if (const auto number = file_of(call, call.words[call.words.size() - 2]))
      files_[path_of(call, text_of(call.words.back()))] = *number;
  if (is_interpreter(call.program)) return see_interpreter(call);
  if (call.input)
    if (const auto number = marked(*call.input)) see_files(call, *number);
}

// The files that a program writes what it was given to.
void Downloads::see_files(const Call& call, std::size_t number) {
  for (const Value& file : call.written) files_[path_of(call, text_of(file))] = number;
  if (call.program != "tee") return;
  for (std::size_t i = 1; i < call.words.size(); ++i) files_[path_of(call, text_of(call.words[i]))] = number;
}

// Whether it is an interpreter without a program of its own, which its options decide: `sh`, `bash -s -- x`,
// `python3 -`; not `sh script`, `python3 -m json.tool`.
bool reads_program(const ShellCommand& command) {
  const std::string_view program = command.program();
  if (!is_interpreter(program)) return false;
  const bool shell =
      program.size() <= 4 && !letters::is_one_of(program, {"node", "perl", "ruby", "php", "deno", "bun"});
  for (std::size_t i = command.first_argument(); i < command.words.size(); ++i) {
    const std::string& word = command.words[i];
    if (shell ? word == "-n" : word == "-c" && letters::is_one_of(program, {"perl", "ruby"})) return false;
    if (word == "-c" && i + 1 == command.words.size()) return true;  // after xargs
    if (letters::is_one_of(word, {"-s", "-", "--", "/dev/stdin"})) return true;
    if (word.size() > 1 && word[0] == '-' &&
        (shell ? word.find('c') == std::string::npos || word[1] == '-' : word == "-u" || word == "-q" || word == "-B"))
      continue;
    if (!word.empty() && (word[0] == '>' || word[0] == '<' || word[0] == '2')) continue;  // redirections
    return false;
  }
  return true;
}

// Python, Node, Perl and others, which the shell does not follow.
void Downloads::see_interpreter(const Call& call) {
  ShellCommand command;
  for (const Value& word : call.words) command.words.push_back(text_of(word));
  if (call.input && reads_program(command))
    if (const auto number = marked(*call.input)) return runs(*number);
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const std::string word = text_of(call.words[i]);
    const bool is_option = !word.empty() && word[0] == '-';
    if (is_option && i + 1 < call.words.size() &&
        letters::lists("-c -e -E -r -p -pe -ne --eval --print -Command", word))
      if (const auto number = marked(text_of(call.words[i + 1]))) return runs(*number);
    if (is_option) continue;
    if (const auto number = file_of(call, call.words[i])) return runs(*number);
    if (const auto number = marked(call.words[i].printed)) return runs(*number);
    return;  // its program; what follows are words for it
  }
}

bool begins_placeholder(std::string_view text, std::size_t at) {
  return text[at] == '<' && at + 1 < text.size() && letters::is_letter(text[at + 1]) &&
         (at == 0 || text[at - 1] != '<');
}

// Without prompts at the beginnings of lines; "<url>" is a word, and the apostrophe of "it's" no quotation mark.
std::string plain_shell(std::string_view text) {
  constexpr std::size_t longest_placeholder = 40;
  std::string plain;
  bool begins_line = true;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (begins_line && (c == '$' || c == '%') && at + 1 < text.size() && text[at + 1] == ' ') {
      ++at;
      continue;
    }
    begins_line = c == '\n' || (begins_line && letters::is_blank(c));
    if (begins_placeholder(text, at)) {
      const std::size_t end = text.find_first_of("> |\n", at);
      if (end != std::string_view::npos && text[end] == '>' && end - at < longest_placeholder) {
        plain += "%placeholder%";
        at = end;
        continue;
      }
    }
    const bool is_apostrophe = c == '\'' && at > 0 && letters::is_letter(text[at - 1]) && at + 1 < text.size() &&
                               letters::is_letter(text[at + 1]) &&
                               text.substr(0, at).rfind('\'') == std::string_view::npos;
    if (c != '\r') plain += is_apostrophe ? '_' : c;
  }
  return plain;
}

// The byte at which the shell gave up, or the last mark that is not closed.
std::size_t readable_part(const std::string& text, std::optional<std::size_t> fault_at) {
  if (fault_at && *fault_at < text.size()) return *fault_at;
  const std::size_t mark = text.find_last_of("'\"`(");
  return mark == std::string::npos ? 0 : mark;
}

}  // namespace

std::vector<std::string> downloads_run_by(std::string_view text) {
  constexpr int most_attempts = 4;
  std::string line = plain_shell(text);
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    Downloads downloads;
    const shell::Trace trace =
        shell::trace(line, std::string(here), downloads, [&](const Call& call) { downloads.see(call); });
    std::vector<std::string> found = downloads.take();
    if (!found.empty() || trace.complete || line.empty()) return found;
    line.resize(readable_part(line, trace.fault_at));
  }
  return {};
}

bool is_known_installer(std::string_view text) {
  constexpr std::string_view scheme = "https://";
  const std::size_t at = text.find(scheme);
  if (at == std::string_view::npos && has_part(text, {"://"})) return false;
  const std::string_view address = at == std::string_view::npos ? text : text.substr(at + scheme.size());
  return std::ranges::any_of(lists::installers, [&](std::string_view known) {
    const std::string_view next = address.substr(std::min(known.size(), address.size()), 1);
    return address.starts_with(known) && (next.empty() || std::string_view("/\"' )|").find(next) != next.npos);
  });
}

bool reaches_interpreter(const std::vector<ShellCommand>& commands, const ShellCommand& command) {
  const ShellCommand* at = &command;
  for (std::size_t steps = 0; steps < commands.size(); ++steps) {
    const ShellCommand& next = commands[at->into];
    if (&next == at) return false;
    if (at->joint == Joint::substitution || at->joint == Joint::process) return is_interpreter(next.program());
    if (at->joint != Joint::pipe) return false;
    if (reads_program(next)) return true;
    at = &next;
  }
  return false;
}

}  // namespace cascade::validation
