#include <catch2/catch.hpp>

#include "scratch_folder.h"
#include "settings/tuning_record.h"

#include "files/atomic_write.h"

using namespace cascade;
using init::add_overrides;
using init::remove_overrides;

namespace {

const std::vector<std::string> two = {"a", "b:c"};

std::string added(const std::string& text) { return *add_overrides(text, two, "name-only"); }

}  // namespace

TEST_CASE("overrides go behind what is there, and every other byte stays") {
  CHECK(added("") == "{\n  \"skillOverrides\": {\n    \"a\": \"name-only\",\n    \"b:c\": \"name-only\"\n  }\n}\n");
  CHECK(added("{\"x\":1, \"skillOverrides\": {\"a\": \"off\"}}") ==
        "{\"x\":1, \"skillOverrides\": {\"a\": \"off\", \"b:c\": \"name-only\"}}");
  const std::string tabs = "{\r\n\t\"x\": [1,  2]\r\n}";
  CHECK(added(tabs).find("[1,  2],\r\n\t\"skillOverrides\"") != std::string::npos);
}

TEST_CASE("taking overrides out undoes putting them in, and leaves what somebody changed") {
  for (const std::string text : {"{\"x\": 1}\n", "{\n    \"skillOverrides\": {\n        \"z\": \"off\"\n    }\n}\n"})
    CHECK(*remove_overrides(added(text), two, "name-only") == text);
  CHECK(*remove_overrides(R"({"skillOverrides": {"a": "off", "b:c": "name-only"}})", two, "name-only") ==
        R"({"skillOverrides": {"a": "off"}})");
}

TEST_CASE("settings that are no object, or hold another kind of overrides, are not touched") {
  CHECK_FALSE(add_overrides("[1]", two, "name-only"));
  CHECK_FALSE(add_overrides("{\"skillOverrides\": []}", two, "name-only"));
  CHECK_FALSE(add_overrides("{\"skillOverrides\": ", two, "name-only"));
}

TEST_CASE("a record gives back the bytes that were there, whatever they are") {
  const test::ScratchFolder folder;
  const std::string settings = folder.path + "/settings.json";
  const std::string odd = "{\"x\": \"\xFF\\u0000\"}\n\n";
  REQUIRE(init::write_tuning(folder.path, {settings, odd, "{}", true}));
  const auto record = init::read_tuning(files::DiskTree(), folder.path, settings);
  REQUIRE(record);
  CHECK(record->before == odd);
  CHECK(record->after == "{}");
  CHECK(record->made_folder);
  CHECK_FALSE(init::read_tuning(files::DiskTree(), folder.path, settings + "x"));
  REQUIRE(init::forget_tuning(folder.path, settings));
  CHECK_FALSE(init::read_tuning(files::DiskTree(), folder.path, settings));
}

TEST_CASE("restoring takes only our entries out of a file that was changed since") {
  const test::ScratchFolder folder;
  const std::string settings = folder.path + "/settings.json";
  const std::string before = "{\"x\": 1}";
  const init::TuningRecord record{settings, before, added(before), false};
  REQUIRE(files::write_atomically(settings, record.after));
  CHECK(init::plan_untuned_settings(files::DiskTree(), record)->after == before);
  std::string edited = record.after;
  edited.replace(edited.find("1"), 1, "2");
  REQUIRE(files::write_atomically(settings, edited));
  CHECK(init::plan_untuned_settings(files::DiskTree(), record)->after == "{\"x\": 2}");
}
