# libmusubi_sdk: base, model, document and plugins/api in one *shared* library, so that hub and adapters
# share one copy of every inline static (docs/decisions/0002).
get_property(objects GLOBAL PROPERTY MUSUBI_SDK_OBJECTS)
get_property(libraries GLOBAL PROPERTY MUSUBI_SDK_LIBRARIES)
list(REMOVE_DUPLICATES libraries)
list(TRANSFORM objects REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>" OUTPUT_VARIABLE object_files)
add_library(musubi_sdk SHARED ${object_files})
add_library(musubi::sdk ALIAS musubi_sdk)
target_link_libraries(musubi_sdk PRIVATE musubi_compile_options ${libraries} PUBLIC Boost::headers)
if(NOT MUSUBI_SANITIZE OR CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  target_link_options(musubi_sdk PRIVATE -Wl,-z,defs)
endif()
set_target_properties(musubi_sdk PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR} LINKER_LANGUAGE CXX)
