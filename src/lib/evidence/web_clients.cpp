// curl and similar programs: the given or implied method decides.
#include "evidence/addresses.h"
#include "evidence/programs.h"
#include "evidence/verb_rules.h"
#include "evidence/word_lists.h"
#include "evidence/words.h"
#include "text/ascii.h"

namespace cascade::evidence {
namespace {

struct Request {
  std::string method;
  std::vector<std::string> addresses;
  bool is_saved = false;     // to a file: a download
  bool is_diverted = false;  // by --resolve, a proxy, a socket: it is unknown who answers
};

bool is_read(std::string_view method) { return method == "GET" || method == "HEAD"; }

bool is_file(const std::string& output) { return !output.empty() && output != "-" && output != "/dev/null"; }

std::string upper(std::string text) {
  for (char& c : text) c = letters::to_upper(c);
  return text;
}

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
  const bool reads = is_read(request.method);
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

// chromium --headless --dump-dom URL: the page as a browser renders it.
void judge_browser(const shell::Call& call, std::vector<Finding>& found) {
  const Words words(call, "--user-data-dir --window-size --timeout");
  if (!words.has_any("--dump-dom --screenshot --print-to-pdf")) return;
  for (const std::string& address : words.operands())
    if (has_scheme(address) && !is_own_machine(address)) found.push_back(witness(call, Interface::browser, address));
}

}  // namespace

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
  } else if (is_in(list::browsers, name)) {
    judge_browser(call, found);
  } else {
    return false;
  }
  return true;
}

}  // namespace cascade::evidence
