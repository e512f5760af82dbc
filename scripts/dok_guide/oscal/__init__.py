"""What all OSCAL documents of the guide share: ids, UUIDs, the frame of a document, own names."""
