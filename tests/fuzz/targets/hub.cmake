musubi_add_fuzz_target(in_hand USES pipeline LIBRARIES musubi_sdk)
target_include_directories(in_hand_fuzz PRIVATE ${PROJECT_SOURCE_DIR}/core/pipeline/src)
