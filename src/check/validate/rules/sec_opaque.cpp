// SEC015: files of a skill that nobody can review. They are known by their first bytes, not by their names, which
// anybody can choose; that the skill runs one makes it an error.
#include "files/paths.h"
#include "validate/reading/words.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

struct Magic {
  std::string_view bytes, what;
};

using namespace std::string_view_literals;
constexpr Magic magics[] = {
    {"\x7F"
     "ELF"sv,
     "a compiled program"},
    {"MZ\x90\0"sv, "a compiled program"},
    {"\xFE\xED\xFA\xCE"sv, "a compiled program"},
    {"\xFE\xED\xFA\xCF"sv, "a compiled program"},
    {"\xCF\xFA\xED\xFE"sv, "a compiled program"},
    {"\xCE\xFA\xED\xFE"sv, "a compiled program"},
    {"\xCA\xFE\xBA\xBE"sv, "compiled code"},
    {"\0asm"sv, "compiled code"},
    {"PK\x03\x04"sv, "an archive"},
    {"7z\xBC\xAF\x27\x1C"sv, "an archive"},
    {"Rar!\x1A\x07"sv, "an archive"},
    {"\x1F\x8B\x08"sv, "an archive"},
    {"\xFD"
     "7zXZ\0"sv,
     "an archive"},
    {"BZh9"sv, "an archive"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "an office file that may hold macros"},
};

// Python's compiled files: two bytes of version, CR, LF.
bool is_python_bytecode(std::string_view text) {
  return text.size() >= 16 && text[2] == '\r' && text[3] == '\n' && static_cast<unsigned char>(text[1]) <= 0x0F;
}

// Documents and slides are archives too; only their macros are opaque.
bool is_plain_office_file(std::string_view text) {
  return text.find("[Content_Types].xml") != std::string_view::npos &&
         text.find("vbaProject.bin") == std::string_view::npos;
}

std::string_view opaque(std::string_view text) {
  for (const Magic& magic : magics)
    if (text.substr(0, magic.bytes.size()) == magic.bytes)
      return is_plain_office_file(text) ? std::string_view() : magic.what;
  return is_python_bytecode(text) ? "compiled code"sv : std::string_view();
}

// Whether the skill's own text calls the file by its name.
bool is_run_by(const Context& context, std::string_view skill, std::string_view path) {
  const auto text = context.tree.read(files::join(skill, "SKILL.md"));
  if (!text) return false;
  const std::string_view name = files::file_name(path);
  for (std::size_t at = text->find(name); at != std::string::npos; at = text->find(name, at + 1)) {
    const std::size_t begin = text->rfind('\n', at) == std::string::npos ? 0 : text->rfind('\n', at) + 1;
    if (has_phrase(std::string_view(*text).substr(begin, at - begin),
                   {"run", "runs", "execute", "executes", "call", "load", "python", "python3", "java", "import",
                    "unzip", "chmod"}))
      return true;
  }
  return false;
}

}  // namespace

void check_opaque_files(const Context& context, const Document& document, Findings& findings) {
  if (!document.is_binary() || !document.place().skill) return;
  const std::string_view what = opaque(document.text());
  if (what.empty()) return;
  const bool run = is_run_by(context, *document.place().skill, document.path());
  findings.add("SEC015", run ? std::optional<Severity>(Severity::error) : std::nullopt, document.whole(),
               std::string("this is ") + std::string(what) + (run ? ", and the skill runs it" : ""),
               "ship the source instead");
}

}  // namespace cascade::validation
