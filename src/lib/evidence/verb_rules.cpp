// Order replaces priorities: special cases come before general ones in verb_rules.tsv.
#include "evidence/verb_rules.h"

#include <algorithm>

#include "text/ascii.h"

namespace cascade::evidence {
namespace {

bool is_among(std::string_view alternatives, std::string_view word) {
  if (alternatives == "*") return !word.empty();
  while (!alternatives.empty()) {
    const std::size_t end = std::min(alternatives.find('|'), alternatives.size());
    if (alternatives.substr(0, end) == word) return true;
    alternatives.remove_prefix(std::min(end + 1, alternatives.size()));
  }
  return false;
}

// Returns how many operands the verbs match; nothing: they do not match.
std::optional<std::size_t> verbs_taken(std::string_view verbs, const Words& words) {
  std::size_t taken = 0;
  bool fits = true;
  if (verbs.starts_with('~'))
    fits =
        std::ranges::any_of(words.operands(), [&](const std::string& word) { return is_among(verbs.substr(1), word); });
  else
    each_word(verbs,
              [&](std::string_view alternatives) { fits = is_among(alternatives, words.operand(taken++)) && fits; });
  return fits ? std::optional(taken) : std::nullopt;
}

bool has_any(const Words& words, std::string_view options) {
  bool found = false;
  each_word(options, [&](std::string_view option) {
    const bool short_letter = option.size() == 2 && option[1] != '-';
    found = found || words.has(option) || (short_letter && words.has_letter(option[1]));
  });
  return found;
}

// Fills in one source of a target; empty: it is missing.
std::string filled(std::string_view source, const Words& words, std::size_t taken) {
  if (source.front() == '=') return std::string(source.substr(1));
  if (source.front() == '-') {
    std::string options(source);
    std::ranges::replace(options, '|', ' ');
    return words.value(options);
  }
  std::string target;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const bool counts_all = source[i] == '@';
    if (source[i] != '#' && !counts_all) {
      target += source[i];
      continue;
    }
    const auto index = static_cast<std::size_t>(source[++i] - '1');
    const std::string_view operand = words.operand(counts_all ? index : taken + index);
    if (operand.empty()) return {};
    target += operand;
  }
  return target;
}

std::string target_of(const VerbRule& rule, const Words& words, std::size_t taken) {
  std::string target;
  each_word(rule.target, [&](std::string_view source) {
    if (target.empty()) target = filled(source, words, taken);
  });
  return target.empty() ? words.call().program : target;
}

// Other machines: commands run there, and files copied there.

// Whatever is not known to show something counts as a change: a change that is overlooked is worse than one too many.
bool only_shows(const shell::Call& call) {
  if (is_in(list::readers, call.program)) return true;
  const Words words(call, "-f --file -C -n --lines -u -p --project-name");
  if (call.program == "sed") return !words.has("-i") && !words.has("--in-place");
  if (call.program == "docker" && words.operand(0) == "compose")
    return lists("ps logs config images top ls port version", words.operand(1));
  if (call.program == "docker-compose") return lists("ps logs config images top port version", words.operand(0));
  if (call.program == "service") return words.operand(1) == "status";
  if (words.has_any("--version --help")) return true;
  for (const Shows& shows : showing_programs()) {
    if (shows.program != call.program) continue;
    if (lists(shows.verbs, words.operand(0))) return true;
    for (const shell::Value& word : call.words)
      if (word.text.size() > 1 && word.text[0] == '-' && lists(shows.verbs, word.text)) return true;
  }
  return false;
}

// "user@host:/path", "host:path"; nothing for a local path or C:\path.
std::string remote_of(std::string_view place) {
  if (begins_with_one(list::copy_schemes, place)) return std::string(place);
  const std::size_t colon = place.find(':');
  if (colon == std::string_view::npos || colon < 2 || place.find('/') < colon) return {};
  return std::string(place);
}

std::string host_of(std::string_view place) {
  const std::size_t at = place.find('@');
  std::string_view host = place.substr(at == std::string_view::npos ? 0 : at + 1);
  return std::string(host.substr(0, host.find(':')));
}

// ssh [options] HOST [COMMAND...]: the words after the host are one line for its shell.
void judge_ssh(const shell::Call& call, std::vector<Finding>& found) {
  const std::string_view takes = options_with_value(call.program);
  std::size_t at = 1;
  while (at < call.words.size()) {
    const std::string& word = call.words[at].text;
    if (word.size() < 2 || word[0] != '-') break;
    if (lists("-V -N -G -Q", word)) return;
    at += word.size() == 2 && lists(takes, word) ? 2 : 1;
  }
  if (at >= call.words.size()) return;
  const std::string host = spelled(call.words[at++]);
  while (at < call.words.size() && call.words[at].text.substr(0, 1) == "-") {  // options may also follow the host
    if (call.words[at].text == "-N") return;
    at += lists(takes, call.words[at].text) ? 2 : 1;
  }
  std::string line;
  for (; at < call.words.size(); ++at) line += (line.empty() ? "" : " ") + spelled(call.words[at]);
  if (line.empty() && call.input) line = *call.input;
  // A shell that reads standard input.
  const bool reads = is_in(list::shells_reading, line);
  if (reads && call.input) line = *call.input;
  if (!line.empty() && !is_own_machine(host_of(host)) && add_remote(call, read_remote(line), host, found))
    found.back().names.push_back(host_of(host));
}

void judge_copy(const shell::Call& call, Kind kind, std::vector<Finding>& found) {
  const Words words(call, options_with_value(call.program));
  if (words.operands().size() < 2) return;
  if (only_rehearses(words) || words.has("--list-only")) return;
  if (call.program == "rsync" && words.has_letter('n')) return;
  const std::string remote = remote_of(words.operands().back());
  if (remote.empty() || is_own_machine(host_of(remote))) return;
  found.push_back(effect(call, kind, remote));
  found.back().names.push_back(host_of(remote));
}

// A project's scripts: only their name tells what they do.

// Returns the last part of a path without its extension: "deploy" of ./scripts/deploy.sh.
std::string stem(std::string_view path) {
  std::string name = letters::to_lower(path.substr(path.rfind('/') + 1));
  const std::size_t dot = name.rfind('.');
  if (dot != std::string::npos && dot > 0 &&
      lists("sh bash zsh py js mjs cjs ts rb pl php ps1 cmd bat", name.substr(dot + 1)))
    name.resize(dot);
  return name;
}

// "deploy", "deploy-prod", "deploy:staging", "publish"; not "deploy-docs-check" or "predeploy". `is_release`: "release"
// publishes; as a target of make it is more often a kind of build.
std::optional<Kind> kind_by_name(const std::string& name, bool is_release) {
  if (has_part(list::idle_scripts, name)) return std::nullopt;
  const auto is_called = [&](std::string_view verb) {
    return name == verb || (name.substr(0, verb.size()) == verb && !letters::is_letter_or_digit(name[verb.size()]));
  };
  if (is_called("deploy")) return Kind::deploy;
  if (is_called("publish") || (is_called("release") && is_release)) return Kind::publish;
  return std::nullopt;
}

void add(const shell::Call& call, const Words& words, const std::string& name, std::string target,
         std::vector<Finding>& found) {
  const auto kind = kind_by_name(stem(name), !lists("make gmake just task mage", call.program));
  if (!kind || only_rehearses(words)) return;
  found.push_back(effect(call, *kind, std::move(target)));
  found.back().subcommand = stem(name);
  found.back().names.push_back(name);
}

bool runs_files(std::string_view program) {
  return program.substr(0, 6) == "python" ||
         lists("bash sh zsh dash node ruby perl php tsx ts-node deno bun pwsh", program);
}

// curl and similar programs: the given or implied method decides.

struct Request {
  std::string method;
  std::vector<std::string> addresses;
  bool is_saved = false;     // to a file: a download
  bool is_diverted = false;  // by --resolve, a proxy, a socket: it is unknown who answers
};

bool is_file(const std::string& output) { return !output.empty() && output != "-" && output != "/dev/null"; }

Request curl_request(const shell::Call& call) {
  const Words words(call, options_with_value("curl"));
  Request request;
  request.method = upper(words.value("-X --request"));
  const bool uploads = words.has_any("-T --upload-file");
  // With -G curl puts the data into the address.
  const bool sends =
      words.has_any(
          "-d --data --data-raw --data-binary --data-ascii --data-urlencode --json -F --form --form-string") &&
      !words.has_any("-G --get") && !words.has_letter('G');
  if (request.method.empty()) {
    const bool head = words.has("--head") || words.has_letter('I');
    request.method = uploads ? "PUT" : sends ? "POST" : head ? "HEAD" : "GET";
  }
  request.addresses = words.operands();
  if (const std::string given = words.value("--url"); !given.empty()) request.addresses.push_back(given);
  request.is_saved = words.has("--remote-name") || words.has_letter('O') || is_file(words.value("-o --output"));
  request.is_diverted =
      words.has_any("--resolve --connect-to -x --proxy --unix-socket --abstract-unix-socket -K --config");
  return request;
}

Request wget_request(const shell::Call& call) {
  const Words words(call, options_with_value("wget"));
  Request request;
  request.method = upper(words.value("--method"));
  const bool posts = words.has_any("--post-data --post-file");
  if (request.method.empty()) request.method = posts ? "POST" : words.has("--spider") ? "HEAD" : "GET";
  request.addresses = words.operands();
  std::string output = words.value("-O --output-document");
  for (const shell::Value& word : call.words)  // -qO- combines letters and value in one word
    if (word.text.size() > 2 && word.text[0] == '-' && word.text[1] != '-')
      if (const std::size_t at = word.text.find('O'); at != std::string::npos && at > 1)
        output = at + 1 < word.text.size() ? word.text.substr(at + 1) : "-";
  if (output.empty() && !request.addresses.empty() && words.has_letter('O')) {
    output = request.addresses.front();  // wget -qO - URL
    request.addresses.erase(request.addresses.begin());
  }
  request.is_saved = output.empty() ? !words.has("--spider") : is_file(output);
  return request;
}

// http [METHOD] URL [ITEM]...: an item "name=x", "name:=x" or "file@path" is data, "name==x" and "Header:x" are not.
Request httpie_request(const shell::Call& call) {
  const Words words(call, options_with_value("http"));
  Request request;
  std::size_t at = 0;
  if (is_in(list::http_methods, words.operand(0))) request.method = upper(std::string(words.operand(at++)));
  if (!words.operand(at).empty()) request.addresses.emplace_back(words.operand(at));
  bool data = words.has("--raw");
  for (++at; at < words.operands().size(); ++at) {
    const std::string_view item = words.operand(at);
    const std::size_t equals = item.find('=');
    const bool query = equals != std::string_view::npos && item.substr(equals, 2) == "==";
    data = data || (equals != std::string_view::npos && !query) || item.find('@') != std::string_view::npos;
  }
  if (request.method.empty()) request.method = data ? "POST" : "GET";
  request.is_saved = words.has("--download") || words.has_letter('d') || is_file(words.value("-o --output"));
  request.is_diverted = words.has("--proxy");
  return request;
}

// A method other than GET changes something at the address. A GET is a witness only if its answer can be seen: not in a
// file, and not from a server that the line itself chose.
void judge(const shell::Call& call, const Request& request, std::vector<Finding>& found) {
  const bool reads = lists("GET HEAD", request.method);
  for (const std::string& address : request.addresses) {
    if (address.empty() || address[0] == '/' || address[0] == '.' || address[0] == '-') continue;
    const bool looks_like_one = address.find('.') != std::string::npos || address.find(':') != std::string::npos ||
                                address.find('$') != std::string::npos || address.find('/') != std::string::npos;
    if (!looks_like_one || is_own_machine(address)) continue;
    if (!reads && request.method != "OPTIONS") {
      found.push_back(effect(call, Kind::change, address, Interface::http));
      found.back().subcommand = request.method;
    } else if (reads && !request.is_saved && !request.is_diverted && call.written.empty()) {
      found.push_back(witness(call, Interface::http, address));
      found.back().subcommand = request.method;
    }
  }
}

// Code in small letters with one kind of quotes, without blanks: {method:"post".
std::string plain_code(std::string_view code) {
  std::string plain;
  for (const char c : code)
    if (!letters::is_space(c)) plain.push_back(c == '\'' || c == '`' ? '"' : letters::to_lower(c));
  return plain;
}

// python3 -c 'print(urlopen("https://…").status)', node -e 'fetch("https://…", {method: "PUT"})': code that sends
// changes something at its addresses; code that only asks for a page and prints something is a look.
void judge_code(const shell::Call& call, std::vector<Finding>& found) {
  const std::string code = letters::to_lower(code_of(call)), plain = plain_code(code);
  if (code.empty()) return;
  const bool asks = has_part(list::requesting, code);
  const bool sends = (asks || has_part(list::web_modules, code)) && has_part(list::sending, plain);
  const bool tells = has_part(list::telling, code) || Words(call, "").has("-p");
  if (!sends && (!asks || !tells || has_part(list::maybe_sending, plain))) return;
  each_literal(code_of(call), [&](const Literal& literal) {
    if (!has_scheme(literal.text) || is_own_machine(literal.text)) return;
    found.push_back(sends ? effect(call, Kind::change, literal.text, Interface::http)
                          : witness(call, Interface::http, literal.text));
  });
}

// playwright screenshot URL FILE, shot-scraper URL, chromium --headless --dump-dom URL: the page as a browser renders
// it.
void judge_picture(const shell::Call& call, std::vector<Finding>& found) {
  const Words words(call, options_with_value(call.program));
  if (call.program == "playwright" && !lists("screenshot pdf", words.operand(0))) return;
  if (is_in(list::browsers, call.program) && !words.has_any("--dump-dom --screenshot --print-to-pdf")) return;
  for (const std::string& address : words.operands())
    if (has_scheme(address) && !is_own_machine(address)) found.push_back(witness(call, Interface::browser, address));
}

}  // namespace

std::string_view options_with_value(std::string_view program) noexcept {
  for (const ValueOptions& row : value_options())
    if (lists(row.programs, program)) return row.options;
  return {};
}

bool only_rehearses(const Words& words) {
  constexpr std::string_view rehearsals =
      "--help -help --usage --dryrun --noop --no-op --what-if --whatif --preview --pretend --simulate --plan "
      "--plan-only --build-only --list-hosts --list-tasks --syntax-check --no-execute-changeset "
      "--generate-cli-skeleton "
      "--validate-only --check --sql --just-print --print-only --local";
  if (has_any(words, rehearsals) || words.operand(0) == "help") return true;
  // `--version 1.0.0` is an ordinary option.
  if (words.has("--version") && words.value("--version").empty() && words.operands().size() < 2) return true;
  // Programs for which -h is a host or something other than help.
  constexpr std::string_view other_h = "psql mysql mariadb redis-cli valkey-cli mongosh rsync ls-remote git du df ssh";
  if (words.has("-h") && !lists(other_h, words.call().program)) return true;
  for (const shell::Value& word : words.call().words) {
    const std::string_view text = word.text;
    if (text.substr(0, 9) != "--dry-run") continue;
    const std::string_view value = text.size() > 10 ? text.substr(10) : std::string_view();
    if (value != "none" && value != "false") return true;
  }
  return false;
}

std::optional<std::vector<Finding>> by_verbs(const shell::Call& call) {
  const Words words(call, options_with_value(call.program));
  for (const VerbRule& rule : verb_rules()) {
    if (!lists(rule.programs, call.program)) continue;
    const auto taken = verbs_taken(rule.verbs, words);
    if (!taken) continue;
    if (!rule.needs.empty() && !has_any(words, rule.needs)) continue;
    if (!rule.unless.empty() && has_any(words, rule.unless)) continue;
    Finding finding{.target = target_of(rule, words, *taken), .program = call.program};
    for (std::size_t i = 0; i < *taken; ++i) finding.subcommand += (i > 0 ? " " : "") + std::string(words.operand(i));
    if (const auto kind = kind_of(rule.what)) {
      finding.is_effect = true;
      finding.kind = *kind;
      finding.idle = rule.idle;
      if (only_rehearses(words)) return std::vector<Finding>();
    } else if (const auto interface = interface_of(rule.what)) {
      finding.interface = *interface;
      if (words.has("--help")) return std::vector<Finding>();
    } else {
      return std::vector<Finding>();
    }
    return std::vector{std::move(finding)};
  }
  return std::nullopt;
}

Remote read_remote(const std::string& line) {
  Remote remote;
  const shell::Trace traced = shell::trace(line, "/", shell::Surroundings(), [&](const shell::Call& call) {
    if (call.words.empty()) {
      remote.changes = remote.changes || call.kind != shell::Call::Kind::program || !call.written.empty();
      return;
    }
    if (lists("export source .", call.program)) return;
    std::vector<Finding> found;
    if (find_web_client(call, found)) {
      remote.shows = true;
      for (const Finding& one : found) remote.changes = remote.changes || one.is_effect;
    } else if (only_shows(call)) {
      remote.shows = true;
    } else {
      remote.changes = true;
    }
    remote.changes = remote.changes || !call.written.empty();
  });
  if (!traced.complete) remote.changes = true;
  return remote;
}

std::string upper(std::string text) {
  for (char& c : text) c = letters::to_upper(c);
  return text;
}

bool add_remote(const shell::Call& call, Remote remote, const std::string& target, std::vector<Finding>& found) {
  if (remote.changes)
    found.push_back(effect(call, Kind::change, target));
  else if (remote.shows)
    found.push_back(witness(call, Interface::cli, target));
  return remote.changes || remote.shows;
}

bool find_remote_host(const shell::Call& call, std::vector<Finding>& found) {
  const std::string& name = call.program;
  if (lists("ssh mosh autossh sshpass", name))
    judge_ssh(call, found);
  else if (name == "rsync")
    judge_copy(call, Kind::deploy, found);
  else if (name == "scp")
    judge_copy(call, Kind::change, found);
  else if (name == "ssh-copy-id")
    found.push_back(effect(call, Kind::change, call.words.back().text));
  else
    return false;
  return true;
}

void find_script(const shell::Call& call, std::vector<Finding>& found) {
  const std::string& path = call.words.front().text;
  const bool is_nox = call.program == "nox";
  const Words words(call, is_nox ? "-s --session -f" : "-C -f -j -H --prefix --cwd -w --filter");
  const bool is_package_runner = lists("npm pnpm yarn bun composer deno mise", call.program);
  const bool runs = is_package_runner && lists("run run-script task", words.operand(0));
  if (path.find('/') != std::string::npos && path.find("/bin/") == std::string::npos) {
    add(call, words, path, words.operands().empty() ? path : words.operands().front(), found);
  } else if (runs_files(call.program) && !runs) {
    if (!words.has_any("-n -c -e -m --check") && !words.operand(0).empty())
      add(call, words, words.operands().front(),
          words.operands().size() > 1 ? words.operands()[1] : words.operands()[0], found);
  } else if (lists("make gmake just task invoke inv fab rake mage nox", call.program)) {
    if (words.has_letter('n') || words.has("--question")) return;
    if (const std::string session = words.value("-s --session"); is_nox) add(call, words, session, session, found);
    for (const std::string& target : words.operands()) add(call, words, target, target, found);
  } else if (is_package_runner) {
    const std::string_view name = runs ? words.operand(1) : call.program == "yarn" ? words.operand(0) : "";
    if (!name.empty()) add(call, words, std::string(name), std::string(name), found);
  }
}

bool find_web_client(const shell::Call& call, std::vector<Finding>& found) {
  const std::string& name = call.program;
  const Words plain(call, "");
  if (lists("curl curlie", name)) {
    if (plain.has_any("--help --version")) return true;
    judge(call, curl_request(call), found);
  } else if (lists("wget wget2", name)) {
    judge(call, wget_request(call), found);
  } else if (lists("http https xh xhs", name)) {
    if (!plain.has("--offline")) judge(call, httpie_request(call), found);
  } else if (lists("lynx w3m links elinks", name)) {
    if (plain.has_any("-dump -source"))
      for (const std::string& address : plain.operands())
        if (!is_own_machine(address)) found.push_back(witness(call, Interface::http, address));
  } else if (is_in(list::browsers, name) || is_in(list::picture_takers, name)) {
    judge_picture(call, found);
    return !found.empty() || name != "playwright";
  } else {
    judge_code(call, found);
    return !found.empty();
  }
  return true;
}

}  // namespace cascade::evidence
