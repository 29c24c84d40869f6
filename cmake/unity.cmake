# Most of a full build goes into reading the same headers again for each file and into making the same templates of them.
# So files are compiled together: those of one folder, at most so many at once that two processors end at about the same
# time; small folders of core, lib or programs; tables that cascade-data compiled. It needs local names that such a group uses
# once. Files that share one with another of their folder are listed in cmake/compiled_apart.txt, and compiled alone. The
# sanitizers' presets (scripts/check begins with asan) compile whole folders; the demo and scripts/test many folders at once,
# by their bytes, with each listed file beside other folders: so they find a name used twice before a newcomer does.
# A change of one file compiles its whole group: off for daily work.
option(CASCADE_UNITY "Compile files together: for full builds" OFF)
set(CASCADE_UNITY_FILES 16 CACHE STRING "At most so many of src together; of anything else 16")
set(CASCADE_UNITY_BYTES "" CACHE STRING "Sources of src together by their bytes, across folders, until they have so many: for the demo")
set(CASCADE_APART "" CACHE STRING "Modules whose files are compiled one by one all the same (scripts/mutate)")
# The demo's alone: in daily work a file would find headers that it does not name, and a compiler's cache would miss.
option(CASCADE_PRECOMPILED "Read the standard headers once for a target: for the demo" OFF)
set(CASCADE_SMALL_FOLDER 5)  # files; fewer are compiled with other small folders of the same part

file(STRINGS ${PROJECT_SOURCE_DIR}/cmake/compiled_apart.txt CASCADE_COMPILED_APART REGEX "^[^#]")
set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
             ${PROJECT_SOURCE_DIR}/cmake/compiled_apart.txt)

# The next number of this place, from 0, in the variable RESULT of the caller.
macro(cascade_count place result)
  if(NOT DEFINED count_${place})
    set(count_${place} 0)
  endif()
  set(${result} ${count_${place}})
  math(EXPR count_${place} "${count_${place}} + 1")
endmacro()

# Puts a source into the group that is being filled; systems go by the first letters of their names, so that one less
# (scripts/without) leaves the groups of the others as they were.
macro(cascade_fill source name place)
  if(name MATCHES "^src/systems/[a-h]")
    set(number 100)
  elseif(name MATCHES "^src/systems/[i-l]")
    set(number 101)
  elseif(name MATCHES "^src/systems/[m-o]")
    set(number 102)
  elseif(name MATCHES "^src/systems/")
    set(number 103)
  else()
    file(SIZE ${source} size)
    math(EXPR filled "${filled} + ${size}")
    math(EXPR number "${filled} / ${CASCADE_UNITY_BYTES}")
  endif()
  list(APPEND filled_groups ${number})
  list(REMOVE_DUPLICATES filled_groups)
  list(APPEND groups_of_${place} ${number})
  set_source_files_properties(${source} PROPERTIES UNITY_GROUP filled_${number})
endmacro()

# Called in the folder that made the target, once it has its sources; what is generated stays alone, but for tables.
function(cascade_compile_together target)
  if(NOT CASCADE_UNITY)
    return()
  endif()
  if(CASCADE_PRECOMPILED AND target MATCHES "^cascade_(readers|objects)$")  # those that two thirds of the groups read
    target_precompile_headers(${target} PRIVATE <algorithm> <array> <charconv> <cstdint> <functional> <map> <memory>
                              <optional> <set> <span> <string> <string_view> <tuple> <unordered_map> <utility> <variant>
                              <vector>)
  elseif(CASCADE_PRECOMPILED AND target MATCHES "^cascade_")  # a test has definitions of its own
    target_precompile_headers(${target} REUSE_FROM cascade_objects)
  endif()
  get_target_property(sources ${target} SOURCES)
  set(grouped)
  set(filled 0)
  foreach(source IN LISTS sources)
    cmake_path(ABSOLUTE_PATH source NORMALIZE)
    cmake_path(IS_PREFIX PROJECT_SOURCE_DIR "${source}" NORMALIZE ours)
    cmake_path(IS_PREFIX PROJECT_BINARY_DIR "${source}" NORMALIZE generated)
    if(source MATCHES "_tsv\\.cpp$")
      set_source_files_properties(${source} PROPERTIES UNITY_GROUP tables)
    elseif(ours AND NOT generated AND source MATCHES "\\.cpp$")
      cmake_path(RELATIVE_PATH source BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE name)
      string(REGEX REPLACE "^src/([^/]+/[^/]+)/.*" "\\1" module ${name})
      cmake_path(GET module FILENAME module)
      if(NOT module IN_LIST CASCADE_APART)
        cmake_path(GET name PARENT_PATH folder)
        string(MAKE_C_IDENTIFIER ${folder} place)
        if(NOT name IN_LIST CASCADE_COMPILED_APART)
          cascade_count(${place} number)
          list(APPEND grouped ${source} ${name} ${place})
        elseif(CASCADE_UNITY_BYTES AND name MATCHES "^src/")
          list(APPEND apart ${source} ${place})
        endif()
      endif()
    endif()
  endforeach()
  while(grouped)
    list(POP_FRONT grouped source name place)
    set(most 16)
    if(CASCADE_UNITY_BYTES AND name MATCHES "^src/")
      cascade_fill(${source} ${name} ${place})
      continue()
    elseif(name MATCHES "^src/")
      set(most ${CASCADE_UNITY_FILES})
      if(count_${place} LESS CASCADE_SMALL_FOLDER AND NOT name MATCHES "^src/systems/")
        string(REGEX REPLACE "^src/([^/]+)/.*" "small_\\1" place ${name})
      endif()
    endif()
    cascade_count(group_${place} number)
    math(EXPR number "${number} / ${most}")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${place}_${number})
  endwhile()
  while(apart)  # each in the next group that has no file of its folder
    list(POP_FRONT apart source place)
    foreach(number IN LISTS filled_groups)
      if(NOT number IN_LIST groups_of_${place})
        list(APPEND groups_of_${place} ${number})
        set_source_files_properties(${source} PROPERTIES UNITY_GROUP filled_${number})
        break()
      endif()
    endforeach()
  endwhile()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  # GCC lets inlining make a unit two fifths larger. A whole folder uses that up before its small functions are inlined,
  # and then a full index takes 5 % more instructions.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE --param=large-unit-insns=20000 --param=inline-unit-growth=100)
  endif()
endfunction()
