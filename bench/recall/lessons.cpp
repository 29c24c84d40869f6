#include "lessons.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace cascade::bench {
namespace {

namespace fs = std::filesystem;

struct Writer {
  std::string name;
  std::vector<std::string> organisations;
};

// Who wrote which of the sets that are folders.
const std::vector<Writer> writers = {
    {"first", {"halmfeld", "quillfeather", "brackwater"}},
    {"second", {"osterby", "pinewick", "wells"}},
    {"third", {"lanternfish", "haldane", "skarven", "thornbury", "meridian", "cobblegate"}},
    {"fourth", {"kestrelby", "fenwick", "larkmoor", "wolverby", "sablewick"}},
    {"fifth", {"vellmoor", "copperhollow"}},
    {"sixth", {"hollinmere", "brennholt"}},
    {"seventh", {"kaldvik", "orchardpell"}},
    {"eighth", {"lichtspiel", "porphyr", "tannwald", "tapirhaus"}},
    {"ninth", {"kranwerk", "mosaikum", "saltmarsh", "tollhaus"}},
    {"tenth", {"velourine", "kelpwright", "thimblegate", "nordlicht"}},
    {"eleventh", {"firnwacht", "ottavine"}},
    {"twelfth", {"glimmerhus", "plaskebad", "knollhof", "lumenreef"}},
    {"thirteenth", {"quillbus", "boltloan", "larkear", "inkfern"}},
    {"fourteenth", {"polarhuk", "kanalnord", "thermikbund", "radundsaite"}},
    {"fifteenth", {"steinjoch", "fernhollow", "ambergrip", "marlstedt"}},
    {"sixteenth", {"skylarder", "hailhedge", "stadtarchivommen", "kurbelwerk"}},
    {"seventeenth", {"kaldhorn", "dawnround", "nivalis", "goldrang"}},
    {"eighteenth", {"hoistwell", "gridlark", "clearbrook", "dogear"}},
    {"nineteenth", {"bremsel", "ortelia", "karoub", "skerrywatch"}},
    {"twentieth", {"kelpnest", "larkwater", "plumbsett", "brackenline"}},
    {"twenty-first", {"kurbel", "vlies", "prufwerk", "dachsauge"}},
    {"twenty-second", {"gullnes", "frostlade", "kornkasse", "glimmerfold"}},
    {"twenty-third", {"lapmend", "hullward", "quintadena", "eschental"}},
    {"twenty-fourth", {"fernhollowgardens", "saltmere", "dripwell", "joinhall"}},
    {"twenty-fifth", {"kelderlo", "granofino", "lernhof", "tiefwarm"}},
    {"twenty-sixth", {"heronwake", "echobridge", "firnlauf", "dewpane"}},
    {"twenty-seventh", {"klapphus", "pelsvakt", "glossarium", "firnbahn"}},
    {"twenty-eighth", {"krumenhof", "kickrunde", "luvwerk", "wortspeicher"}},
    {"twenty-ninth", {"velmoor", "obelarium", "lohnwerk", "thornvault"}},
    {"thirtieth", {"lindenrest", "kestrelaid", "murmurfold", "meadowpact"}},
    {"thirty-first", {"quillmere", "gerustwerk", "velmora", "kronwerk"}},
    {"thirty-second", {"foxedleaf", "glimmerbahn", "heartspring", "lanternpit"}},
    {"thirty-third", {"thrushcote", "spruceledger", "tumblekin", "lanternbar"}},
    {"thirty-fourth", {"kettlemoor", "lindenhand", "blackquare", "grauwerder"}},
    {"thirty-fifth", {"gratwacht", "dormello", "notenspeicher", "tonnenwerk"}},
    {"thirty-sixth", {"hollerby", "brixhall", "cirruseye", "keelmark"}},
    {"thirty-seventh", {"ebonwick", "grenzbus", "salvivo", "kletterkiste"}},
    {"thirty-eighth", {"skalbrook", "lindmoor", "vantorp", "tullavie"}},
    {"thirty-ninth", {"hollowmere", "quillonpaint", "saltmarshnews", "vennwater"}},
    {"fortieth", {"larkladle", "heronlens", "sealwright", "groovemere"}},
    {"forty-first", {"halvarbad", "perforia", "lindenimme", "dachundfach"}},
    {"forty-second", {"vordtskarn", "mjummelik", "rollandure", "pfennoggle"}},
    {"forty-third", {"tavrimonk", "cindrovash", "veskolure", "drezhaldin"}},
    {unfitted, {"velumbrio",  "pipettorn",   "weirbracken", "eavesmoot",  "zwirnavel",  "skolmorind", "brankelith",
                "ondaglykor", "kvarnstolpe", "hemolindra",  "encorvaldi", "petunglass", "brantaloft", "tamwillow",
                "phialstead", "sunthatch",   "pibberwick",  "tansyloom",  "fennigrath", "kerbmarlow"}},
};

}  // namespace

std::string Organisation::fold() const {
  const auto older =
      std::find_if(writers.begin(), writers.end(), [&](const Writer& one) { return one.name == "eighth"; });
  const bool is_older =
      writer == "shared" || std::any_of(writers.begin(), older, [&](const Writer& one) { return one.name == writer; });
  return is_older ? "older" : writer;
}

std::vector<Organisation> read_organisations(const std::string& root) {
  const fs::path base = root, memory = base / "tests/corpus/memory";
  std::vector<Organisation> all;
  if (auto set = test::read_memory_set((base / "../shared/fixtures/memory").string()))
    all.push_back({"shared", "shared", *std::move(set)});
  for (const Writer& writer : writers)
    for (const std::string& name : writer.organisations)
      if (auto set = test::read_memory_set((memory / name).string()))
        all.push_back({writer.name, name, *std::move(set)});
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(memory / "pairs")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files)
    if (auto set = test::read_memory_pairs(file.string()))
      all.push_back({file.filename().string().substr(0, 1), file.stem().string(), *std::move(set)});
  return all;
}

}  // namespace cascade::bench
