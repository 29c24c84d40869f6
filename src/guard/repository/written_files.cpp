// A row says which words of a program are files that it writes. Reading only the words is crude, since a program may do
// anything, and enough for what people write in a line.
#include "repository/written_files.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "files/paths.h"
#include "repository/words.h"
#include "text/one_of.h"
#include "text/word_list.h"

namespace cascade::repository {
namespace {

struct Row {
  std::string_view program;
  Writes writes = Writes::each;
  std::string_view letters{}, names{};  // options with a value
  std::size_t skipped = 0;              // operands that are no files: a mode, an owner, an expression
  std::string_view in_place{};          // options that make it write in place; empty: it always does
  std::string_view scripts{};           // options that give the expression, so that no operand is one
  std::string_view outputs{};           // options whose value is a file or folder that is written
};

constexpr Row rows[] = {
    {"chgrp", Writes::each, "", "--reference", 1},
    {"chmod", Writes::each, "", "--reference", 1},
    {"chown", Writes::each, "", "--reference --from", 1},
    {"chattr", Writes::each, "vp", "", 1},
    {"setfacl", Writes::each, "mxMX"},
    {"dd"},
    {"ed", Writes::each, "p"},
    {"emacs", Writes::each, "lf", "--eval --load --batch"},
    {"ex", Writes::each, "cSu"},
    {"nano", Writes::each},
    {"nvim", Writes::each, "cSu", "--cmd --listen --server"},
    {"vi", Writes::each, "cSu"},
    {"vim", Writes::each, "cSu", "--cmd --servername"},
    {"patch", Writes::output, "dioprBVzYD", "--directory --input --output --strip --reject-file --fuzz", 0, "", "",
     "-d -o -r --directory --output --reject-file"},
    {"rm", Writes::whole},
    {"rmdir", Writes::whole},
    {"rimraf", Writes::whole},
    {"trash", Writes::whole},
    {"trash-put", Writes::whole},
    {"srm", Writes::whole},
    {"del-cli", Writes::whole},
    {"shred", Writes::each, "ns", "--iterations --size --random-source"},
    {"sponge", Writes::each},
    {"tee", Writes::each},
    {"truncate", Writes::each, "sr", "--size --reference"},
    {"touch", Writes::each, "dtr", "--date --reference --time"},
    {"unlink", Writes::each},
    {"fallocate", Writes::each, "lo", "--length --offset"},
    {"dos2unix", Writes::each},
    {"unix2dos", Writes::each},
    {"mv", Writes::moved, "tS", "--target-directory --suffix"},
    {"cp", Writes::last, "tS", "--target-directory --suffix"},
    {"install", Writes::last, "mogtS", "--mode --owner --group --target-directory --suffix"},
    {"ln", Writes::last, "tS", "--target-directory --suffix"},
    {"rsync", Writes::last, "efBTM",
     "--rsh --exclude --include --filter --files-from --exclude-from --include-from --rsync-path --bwlimit "
     "--log-file"},
    {"scp", Writes::last, "cFiJloPSXD"},
    {"sed", Writes::in_place, "efl", "--expression --file --line-length", 1, "-i --in-place",
     "-e -f --expression --file"},
    {"gsed", Writes::in_place, "efl", "--expression --file", 1, "-i --in-place", "-e -f --expression --file"},
    {"perl", Writes::in_place, "eEMmIF", "", 1, "-i", "-e -E"},
    {"ruby", Writes::in_place, "eIrCF", "", 1, "-i", "-e"},
    {"yq", Writes::in_place, "op", "--output-format --input-format --expression --from-file", 1, "-i --inplace",
     "--expression --from-file"},
    {"awk", Writes::in_place, "ivfFe", "", 1, "inplace", "-f -e"},
    {"gawk", Writes::in_place, "ivfFe", "--include --assign --file", 1, "inplace", "-f -e --file"},
    {"sd", Writes::in_place, "fn", "", 2, "", ""},
    {"prettier", Writes::in_place, "", "--config --parser --ignore-path --plugin", 0, "--write -w"},
    {"eslint", Writes::in_place, "c", "--config --ext --rule --format --output-file", 0, "--fix"},
    {"stylelint", Writes::in_place, "", "--config", 0, "--fix"},
    {"black", Writes::in_place, "lt", "--line-length --target-version --config --include --exclude"},
    {"isort", Writes::in_place, "", "--profile --settings-path"},
    {"autopep8", Writes::in_place, "", "--max-line-length", 0, "-i --in-place"},
    {"gofmt", Writes::in_place, "r", "", 0, "-w"},
    {"goimports", Writes::in_place, "", "-local", 0, "-w"},
    {"shfmt", Writes::in_place, "i", "--indent --language-dialect", 0, "-w --write"},
    {"rustfmt", Writes::in_place, "", "--edition --config --config-path --emit"},
    {"clang-format", Writes::in_place, "", "--style --assume-filename", 0, "-i"},
    {"gzip", Writes::each, "S"},
    {"gunzip", Writes::each, "S"},
    {"bzip2", Writes::each},
    {"xz", Writes::each, "T"},
    {"curl", Writes::output, "oXHdFuAebcTxCmrwKEyYPztD",
     "--output --output-dir --request --header --data --form --user --user-agent --cookie --cookie-jar "
     "--dump-header "
     "--data-raw --data-binary --data-urlencode --upload-file --url --max-time --retry --write-out --config --proxy "
     "--cert --key --cacert --connect-timeout --resolve --referer --range --limit-rate",
     0, "-O --remote-name -J --remote-header-name", "", "-o --output --output-dir -c --cookie-jar -D --dump-header"},
    {"wget", Writes::output, "oaOPtTUeiBQlADRIX",
     "--output-document --directory-prefix --output-file --tries --timeout --user-agent --header --post-data "
     "--input-file --user --password",
     0, "*", "", "-O -P -o --output-document --directory-prefix --output-file"},
    {"sort", Writes::output, "oktTS", "--output --key --field-separator --temporary-directory", 0, "", "",
     "-o --output"},
    {"tar", Writes::output, "CfbTXIKNH", "--directory --file --exclude --files-from --transform --strip-components", 0,
     "", "", "-C --directory"},
    {"bsdtar", Writes::output, "CfbTXIs", "--directory --file --exclude", 0, "", "", "-C --directory"},
    {"unzip", Writes::output, "dxP", "", 0, "*", "", "-d"},
    {"7z", Writes::output, "", "", 0, "", "", ""},
    {"cpio", Writes::output, "DFEHIOCR", "--directory --file", 0, "-i --extract", "", "-D --directory"},
    {"openssl", Writes::output, "", "-out -in -keyout -key -subj -days", 0, "", "", "-out -keyout"},
    {"ssh-keygen", Writes::output, "ftbCNm", "", 0, "", "", "-f"},
};

const Row* row_of(std::string_view program) {
  const auto row =
      std::find_if(std::begin(rows), std::end(rows), [&](const Row& one) { return one.program == program; });
  return row == std::end(rows) ? nullptr : &*row;
}

Value plain(std::string text) {
  Value value;
  value.text = std::move(text);
  return value;
}

bool has_option(const Words& words, std::string_view listed) {
  return std::any_of(words.options.begin(), words.options.end(),
                     [&](const Option& option) { return letters::lists(listed, option.name); });
}

// "x" of tar, in any of its spellings: tar xf, tar -xf, tar --extract.
bool extracts(const shell::Call& call, const Words& words) {
  if (has_option(words, "-x --extract --get")) return true;
  if (call.words.size() < 2) return false;
  const std::string& first = call.words[1].text;
  return !first.empty() && first[0] != '-' && first.find('x') != std::string::npos &&
         first.find_first_of("./") == std::string::npos;
}

// Only the value of an option is written, or the folder that the program runs in.
void each_output(const shell::Call& call, const Row& row, const Words& words,
                 const std::function<void(const Value&)>& see) {
  if (call.program == "patch" && has_option(words, "--dry-run")) return;
  bool any = false;
  for (const Option& option : words.options)
    if (letters::lists(row.outputs, option.name) && option.value) {
      any = true;
      see(*option.value);
    }
  if (call.program == "7z" || call.program == "7za") {  // 7z x -oFOLDER
    const bool unpacks = words.operand(0) == "x" || words.operand(0) == "e";
    const auto into = std::find_if(call.words.begin(), call.words.end(),
                                   [](const Value& word) { return word.text.starts_with("-o"); });
    if (unpacks) see(plain(into == call.words.end() ? "." : into->text.substr(2)));
  } else if (call.program == "tar" || call.program == "bsdtar") {
    if (!extracts(call, words)) return;
    if (!any) see(plain("."));
  } else if (call.program == "patch") {
    const bool names_file = !words.operands.empty() && !any;
    if (names_file) see(words.operands.front());
    if (!names_file && !any) see(plain("."));
  } else if (!any && !row.in_place.empty()) {
    if (row.in_place == "*" ? !has_option(words, "-l -p -t -Z --spider") : has_option(words, row.in_place))
      see(plain("."));
  }
}

// Where copies land: in the folder of -t, in the last operand, or below that if it is a folder.
void each_copy(const shell::Call& call, const Row& row, const Words& words,
               const std::function<void(const Value&)>& see) {
  if (row.program == "install" && has_option(words, "-d --directory")) {
    for (const Value& operand : words.operands) see(operand);
    return;
  }
  if (const Value* into = words.value({"-t", "--target-directory"})) return see(*into);
  const bool is_remote = call.program == "rsync" || call.program == "scp";
  if (words.operands.size() < 2) return;
  const Value& into = words.operands.back();
  const std::size_t colon = into.text.find(':');
  if (is_remote && colon != std::string::npos && into.text.find('/') > colon) return;
  see(into);
}

}  // namespace

Writes written_by_words(std::string_view program) noexcept {
  const Row* row = row_of(program);
  return row == nullptr ? Writes::no : row->writes;
}

bool edits_in_place(const shell::Call& call) {
  const Row* row = row_of(call.program);
  if (row == nullptr || row->writes != Writes::in_place) return false;
  if (row->in_place.empty()) return true;
  bool found = false;
  letters::each_word(row->in_place, [&](std::string_view option) {
    for (const Value& word : call.words) {
      const bool is_letter = option.size() == 2 && option[0] == '-';
      const bool clusters = is_letter && shell::is_known_option(word) && word.text[1] != '-' &&
                            word.text.find(option[1]) != std::string::npos;
      found = found || clusters || (!is_letter && word.text.starts_with(option));
    }
  });
  return found;
}

void each_written_file(const shell::Call& call, const files::Tree&, const std::function<void(const Value& path)>& see) {
  for (const Value& file : call.written) see(file);
  const Row* row = call.words.empty() ? nullptr : row_of(call.program);
  if (call.program == "find" || call.program == "fd" || call.program == "fdfind") {
    // What find deletes is below the folders that it is given; programs that it starts are reported by themselves.
    const bool deletes =
        std::any_of(call.words.begin(), call.words.end(), [](const Value& word) { return word.text == "-delete"; });
    for (std::size_t i = 1; deletes && i < call.words.size() && !shell::is_option(call.words[i]); ++i)
      see(call.words[i]);
  }
  if (row == nullptr) return;
  const Words words = split(call.words, 1, row->letters, row->names);
  if (words.has({"--help", "--version"})) return;
  if (row->program == "dd") {
    for (const Value& operand : words.operands)
      if (operand.text.starts_with("of=")) {
        Value file = operand;
        file.text.erase(0, 3);
        see(file);
      }
    return;
  }
  switch (row->writes) {
    case Writes::output: return each_output(call, *row, words, see);
    case Writes::last: return each_copy(call, *row, words, see);
    case Writes::in_place:
      if (!edits_in_place(call) || has_option(words, "--check --diff --dry-run")) return;
      break;
    default: break;
  }
  if ((row->program == "gzip" || row->program == "gunzip" || row->program == "xz") &&
      has_option(words, "-c -t -l --stdout --list --test"))
    return;
  if (const Value* into = words.value({"--target-directory"})) see(*into);
  std::size_t skipped = has_option(words, row->scripts) ? 0 : row->skipped;
  for (const Value& operand : words.operands) {
    if (skipped > 0)
      --skipped;
    else if (!operand.text.starts_with("+"))  // a command for an editor
      see(operand);
  }
}

}  // namespace cascade::repository
