/** What a policy knows of a finished generation. */
export interface GenerationFacts {
  /** Names increase in the order in which generations were made, whatever the clock did. */
  name: string;
  /** When its run began, in milliseconds since 1970. */
  createdAt: number;
  state: 'Complete' | 'Partial';
  /** Present where it is pinned; empty where no reason was given. */
  pin?: string | undefined;
}
